import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { databaseUnavailable } from '#server/database/unavailable.ts';
import type { VisitorRate } from '#server/limits/visitor-limits.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { PublicError } from '#shared/contracts/auth/sign-in.ts';
import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { TRPCError, initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import { UNEXPECTED_ERROR, toPublicError } from '#server/http/public-error.ts';

export interface RequestContext {
  readonly deps: Deps;
  readonly actor: Actor;
  /** An error that rejects the whole request (a wrong admin key, a body that is too large); every procedure throws it. */
  readonly refusal?: unknown;
  /** Sets cookies on the response. Absent for in-process callers (tests, scripts). */
  readonly cookies?: { setSession(session: { secret: string; expiresAt: Date }): void; clearSession(): void };
  readonly sessionSecret?: string | undefined;
  /** The client's address, for rate limits and the audit log. */
  readonly clientAddress?: string;
  readonly requestId?: string;
  /** The input of a call of this request, already parsed. Absent for in-process callers, whose input is a value. */
  readonly inputOf?: (batchIndex: number) => unknown;
}

/** What is known about a procedure before its input is read. */
export interface ProcedureMeta {
  /** Who may call it; anyone when absent. */
  readonly access?: 'operator' | 'listener';
  /** What the body contains, if it may be larger than others. */
  readonly body?: 'import' | 'policy' | 'list';
  /** How often one visitor may call it; unlimited when absent. */
  readonly rate?: VisitorRate;
}

/** Exhaustive: a new error code does not compile until it has a tRPC code. */
const TRPC_CODES = {
  not_found: 'NOT_FOUND',
  // tRPC has no code for what was here once; the error's own code tells it.
  gone: 'NOT_FOUND',
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
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, TRPCError['code']>;

/** Replaces the messages of tRPC's own errors, which would echo the request or a parser error. */
const PROTOCOL_REFUSALS: Partial<Record<TRPCError['code'], { code: ErrorCode; message: string; remedy: string }>> = {
  PARSE_ERROR: { code: 'invalid_input', message: 'The request is not readable JSON.', remedy: 'Send valid JSON.' },
  BAD_REQUEST: { code: 'invalid_input', message: 'The request could not be read.', remedy: 'Send one JSON input per call, and calls of one kind.' },
  NOT_FOUND: {
    code: 'not_found',
    message: 'There is no procedure with this name.',
    remedy: 'Check the name; procedures are called at /trpc/<name>.',
  },
  METHOD_NOT_SUPPORTED: {
    code: 'invalid_input',
    message: 'This procedure does not accept this HTTP method.',
    remedy: 'Use GET for queries and POST for mutations.',
  },
  PAYLOAD_TOO_LARGE: { code: 'too_large', message: 'The request is too large.', remedy: 'Send a smaller request.' },
  UNSUPPORTED_MEDIA_TYPE: { code: 'invalid_input', message: 'Only application/json is accepted.', remedy: 'Send JSON.' },
};

/** Validation messages may quote the input; this limits how much of it is returned. */
const ECHO_MAX = 300;

/** The public form of an error. Unexpected errors reveal nothing. */
function publicError(error: TRPCError, requestId: string | null): PublicError {
  const { cause } = error;
  if (cause instanceof AppError) return toPublicError(cause, requestId);
  const empty = { remedy: null, field: null, retryAfterMs: null, requestId };
  if (cause instanceof ZodError) {
    const first = cause.issues[0];
    const field = cutText(first?.path.map(String).join('.') ?? '', ECHO_MAX) || null;
    const message = cutText(first?.message ?? 'The input does not have the expected format.', ECHO_MAX);
    return {
      ...empty,
      code: 'invalid_input',
      message: field ? `${field}: ${message}` : message,
      remedy: 'Correct the field and send it again.',
      field,
    };
  }
  const refusal = PROTOCOL_REFUSALS[error.code];
  return refusal ? { ...empty, ...refusal } : { ...empty, ...UNEXPECTED_ERROR };
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    // tRPC sends stack traces to clients when this is true, and derives it from NODE_ENV by default.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const publicForm = publicError(error, ctx?.requestId ?? null);
      return {
        ...shape,
        message: publicForm.message,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, error: publicForm },
      };
    },
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
  });

const errorTranslatingProcedure = t.procedure.use(async ({ next, ctx, path, signal }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof AppError) throw new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
  // A client that disconnects during a calculation aborts it; that is not a failure.
  const isClientAbort = signal?.aborted === true && cause?.name === 'AbortError';
  const unavailable = databaseUnavailable(cause);
  if (unavailable) {
    ctx.deps.log.warn('a request failed because of the database', { path, requestId: ctx.requestId, error: cause });
    throw new TRPCError({ code: TRPC_CODES.unavailable, message: unavailable.message, cause: unavailable });
  }
  if (result.error.code === 'INTERNAL_SERVER_ERROR' && !isClientAbort) {
    ctx.deps.log.error('unexpected failure in a procedure', { path, requestId: ctx.requestId, error: cause ?? result.error });
  }
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Open to anyone, unless the whole request was refused: for its credentials, its size or its rate. */
export const publicProcedure = errorTranslatingProcedure.use(async ({ next, ctx, batchIndex }) => {
  if (ctx.refusal !== undefined) throw ctx.refusal;
  const { inputOf } = ctx;
  return inputOf ? next({ getRawInput: async () => inputOf(batchIndex) }) : next();
});

/** Operator only: throws `unauthenticated` or `forbidden`. Successful mutations are written to the audit log. */
export const adminProcedure = publicProcedure.meta({ access: 'operator' }).use(async ({ next, ctx, path, type }) => {
  requireAdmin(ctx.actor);
  const result = await next();
  if (result.ok && type === 'mutation') {
    const { db, newId, now } = ctx.deps;
    await insertAuditEntry(db, { id: newId(), at: now(), actor: actorName(ctx.actor), action: 'called', subject: path });
  }
  return result;
});

/** Signed-in listeners only; throws `unauthenticated` otherwise. */
export const listenerProcedure = publicProcedure.meta({ access: 'listener' }).use(({ next, ctx }) => {
  if (ctx.actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify.' });
  return next({ ctx: { ...ctx, actor: ctx.actor } });
});

/** Anybody who is signed in, listener or operator; throws `unauthenticated` otherwise. */
export const signedInProcedure = publicProcedure.meta({ access: 'listener' }).use(({ next, ctx }) => {
  if (ctx.actor.kind === 'anonymous') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify.' });
  return next();
});
