import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { TRPCError, initTRPC } from '@trpc/server';
import { ZodError, z } from 'zod';

export interface RequestContext {
  readonly deps: Deps;
  readonly actor: Actor;
  /** Cookies can only be set through the answer. Absent for callers inside the house (tests, scripts). */
  readonly cookies?: { set(name: string, value: string, options: { maxAgeSeconds: number }): void; clear(name: string): void };
  readonly sessionSecret?: string | undefined;
}

/** Exhaustive: a new error code does not compile until this door knows it. */
const TRPC_CODES = {
  not_found: 'NOT_FOUND',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid_input: 'BAD_REQUEST',
  too_large: 'PAYLOAD_TOO_LARGE',
  quota_exceeded: 'TOO_MANY_REQUESTS',
  rate_limited: 'TOO_MANY_REQUESTS',
  reauth_required: 'PRECONDITION_FAILED',
  provider_rejected: 'BAD_GATEWAY',
  provider_unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPCError['code']>;

const UNEXPECTED = 'Something went wrong on our side. It has been noted; try again in a moment.';

/** What a caller is told about an error: our words for what we know, nothing of what we do not. */
function publicError(error: TRPCError) {
  const { cause } = error;
  if (cause instanceof AppError) {
    return { code: cause.code, message: cause.message, remedy: cause.remedy ?? null, field: cause.field ?? null, retryAfterMs: cause.retryAfterMs ?? null };
  }
  if (cause instanceof ZodError) {
    const first = cause.issues[0];
    const field = first?.path.map(String).join('.') || null;
    const message = field ? `${field}: ${first?.message}` : (first?.message ?? 'The input is not of the expected form.');
    return { code: 'invalid_input' as const, message, remedy: 'Correct the field and send again.', field, retryAfterMs: null };
  }
  const known = error.code !== 'INTERNAL_SERVER_ERROR';
  return { code: known ? error.code.toLowerCase() : 'unexpected', message: known ? error.message : UNEXPECTED, remedy: null, field: null, retryAfterMs: null };
}

const t = initTRPC.context<RequestContext>().create({
  // tRPC puts stacks on the wire whenever this is true, and guesses it from NODE_ENV.
  isDev: false,
  errorFormatter: ({ shape, error }) => {
    const told = publicError(error);
    return { ...shape, message: told.message, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, error: told } };
  },
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
});

const translated = t.procedure.use(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof AppError) throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  if (result.error.code === 'INTERNAL_SERVER_ERROR') ctx.deps.log.error('unexpected failure in a procedure', { path, error: cause ?? result.error });
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anyone may call. */
export const publicProcedure = translated;

/** Only the operator; strangers are asked to sign in, listeners are refused. */
export const adminProcedure = translated.use(({ next, ctx }) => {
  requireAdmin(ctx.actor);
  return next();
});

/** A person who signed in. */
export const listenerProcedure = translated.use(({ next, ctx }) => {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'Please sign in first.', remedy: 'Sign in with Spotify.' });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

export const emptyInput = z.object({}).optional();
