import { AppError } from '#shared/errors.ts';
import { isTransient } from './breaker.ts';

/** The part of a call that this file needs. */
interface WatchedCall<T> {
  readonly idempotent: boolean;
  readonly repeatsFailed?: boolean | undefined;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
}

/** Without a response to a write its outcome is unknown. The caller must read the current state before sending again. */
export function withAmbiguity(error: unknown, afterMs: number): unknown {
  if (!(error instanceof AppError) || !isTransient(error)) return error;
  const { code, message, remedy, field, context, retryAfterMs, cause } = error;
  return new AppError(code, {
    message,
    remedy,
    field,
    retryAfterMs,
    cause,
    context: { ...context, ambiguous: context?.['ambiguous'] ?? context?.['sent'] !== false, afterMs },
  });
}

/**
 * Notes whether a request of the call is out whose result is not known, so that a call canceled between two attempts is not taken for one. Failures of
 * requests that cost are marked before the retry policy sees them.
 */
export function watchCall<T, C extends WatchedCall<T>>(call: C & WatchedCall<T>): { readonly call: C; readonly isOut: () => boolean } {
  if (call.idempotent) return { call, isOut: () => false };
  if (!call.repeatsFailed) return { call, isOut: () => true };
  let isOut = false;
  const attempt = async (signal: AbortSignal): Promise<T> => {
    isOut = true;
    try {
      return await call.attempt(signal);
    } catch (error) {
      const marked = withAmbiguity(error, 0);
      isOut = !(marked instanceof AppError) || (isTransient(marked) && marked.context?.['ambiguous'] !== false);
      throw marked;
    }
  };
  return { call: { ...call, attempt }, isOut: () => isOut };
}
