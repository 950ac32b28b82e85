import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { TRPCError, initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import { requireShallow } from '#server/http/json-depth.ts';
import { UNEXPECTED, publicAppError } from '#server/http/public-error.ts';

export interface RequestContext {
  readonly deps: Deps;
  readonly actor: Actor;
  /** Why this request may not do anything at all (a wrong admin key, a failing database); every procedure throws it. */
  readonly refusal?: unknown;
  /** Cookies can only be set through the answer. Absent for callers inside the house (tests, scripts). */
  readonly cookies?: { setSession(session: { secret: string; expiresAt: Date }): void; clearSession(): void };
  readonly sessionSecret?: string | undefined;
  /** Where the request came from, for limits and the audit log. */
  readonly clientAddress?: string;
  readonly requestId?: string;
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

/** Our words for what tRPC itself refuses: its own would echo the request, or whatever a parser said. */
const PROTOCOL_REFUSALS: Partial<Record<TRPCError['code'], { code: ErrorCode; message: string; remedy: string }>> = {
  PARSE_ERROR: { code: 'invalid_input', message: 'The request is not readable JSON.', remedy: 'Send valid JSON.' },
  BAD_REQUEST: { code: 'invalid_input', message: 'The request could not be read.', remedy: 'Send one JSON input per call, and calls of one kind.' },
  NOT_FOUND: { code: 'not_found', message: 'There is no procedure of that name.', remedy: 'Check the name; procedures are called at /trpc/<name>.' },
  METHOD_NOT_SUPPORTED: {
    code: 'invalid_input',
    message: 'This procedure is not called that way.',
    remedy: 'Use GET for questions and POST for changes.',
  },
  PAYLOAD_TOO_LARGE: { code: 'too_large', message: 'The request is too large.', remedy: 'Send less at once.' },
  UNSUPPORTED_MEDIA_TYPE: { code: 'invalid_input', message: 'Only application/json is understood here.', remedy: 'Send JSON.' },
};

/** A complaint about input may quote it; a megabyte of unknown keys does not come back. */
const ECHO_MAX = 300;

/** What a caller is told about an error: our words for what we know, nothing of what we do not. */
function publicError(error: TRPCError, requestId: string | null): PublicError {
  const { cause } = error;
  if (cause instanceof AppError) return publicAppError(cause, requestId);
  const empty = { remedy: null, field: null, retryAfterMs: null, requestId };
  if (cause instanceof ZodError) {
    const first = cause.issues[0];
    const field = first?.path.map(String).join('.').slice(0, ECHO_MAX) || null;
    const words = (first?.message ?? 'The input is not of the expected form.').slice(0, ECHO_MAX);
    return { ...empty, code: 'invalid_input', message: field ? `${field}: ${words}` : words, remedy: 'Correct the field and send again.', field };
  }
  const refusal = PROTOCOL_REFUSALS[error.code];
  return refusal ? { ...empty, ...refusal } : { ...empty, ...UNEXPECTED };
}

const t = initTRPC.context<RequestContext>().create({
  // tRPC puts stacks on the wire whenever this is true, and guesses it from NODE_ENV.
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => {
    const told = publicError(error, ctx?.requestId ?? null);
    return {
      ...shape,
      message: told.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, error: told },
    };
  },
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
});

const translated = t.procedure.use(async ({ next, ctx, path, signal }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof AppError) throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  // Who closes the page while an answer is reckoned stops the reckoning: nothing failed.
  const wasLeft = signal?.aborted === true && cause?.name === 'AbortError';
  if (result.error.code === 'INTERNAL_SERVER_ERROR' && !wasLeft) {
    ctx.deps.log.error('unexpected failure in a procedure', { path, requestId: ctx.requestId, error: cause ?? result.error });
  }
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anyone may call, as long as what they present is not wrong and what they send is not bottomless. */
export const publicProcedure = translated.use(async ({ next, ctx, getRawInput }) => {
  if (ctx.refusal !== undefined) throw ctx.refusal;
  requireShallow(await getRawInput());
  return next();
});

/** Only the operator; strangers are asked to sign in, listeners are refused. What an operator changed is in the audit log. */
export const adminProcedure = publicProcedure.use(async ({ next, ctx, path, type }) => {
  requireAdmin(ctx.actor);
  const result = await next();
  if (result.ok && type === 'mutation') {
    const { db, newId, now } = ctx.deps;
    await insertAuditEntry(db, { id: newId(), at: now(), actor: actorName(ctx.actor), action: 'called', subject: path });
  }
  return result;
});

/** A person who signed in. */
export const listenerProcedure = publicProcedure.use(({ next, ctx }) => {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'Please sign in first.', remedy: 'Sign in with Spotify.' });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});
