import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { DelegateBackoff, fallback, handleWhen, retry, timeout, TimeoutStrategy } from 'cockatiel';
import type { IRetryBackoffContext } from 'cockatiel';
import { createBreaker, createLocalBreakerState, isTransient } from './breaker.ts';
import { watchCall, withAmbiguity } from './ambiguity.ts';
import type { SharedBreaker, RequestBudget } from './ports.ts';

export interface ResilienceOptions {
  readonly vendor: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Time limit of one attempt, from sending to the last byte of the response. */
  readonly timeoutMs?: number | undefined;
  /** Maximum attempts of an idempotent call, including the first. */
  readonly attemptsMax?: number | undefined;
  readonly firstDelayMs?: number | undefined;
  /** After `failures` failed calls in a row the breaker opens for `openMs`. */
  readonly breaker?: { readonly failures: number; readonly openMs: number } | undefined;
  /** Stores the breaker's state; default: in this process only. */
  readonly breakerState?: SharedBreaker | undefined;
  readonly random?: (() => number) | undefined;
}

export interface Call<T> {
  /** True when sending it twice has the same effect as once. */
  readonly idempotent: boolean;
  /** For a request that costs money: also repeated, but only after a failure whose `context.ambiguous` is false. */
  readonly repeatsFailed?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  /** Awaited before every attempt, once it has its place in the budget. When it throws, nothing is sent and nothing is repeated. */
  readonly beforeSend?: (() => Promise<void>) | undefined;
  /** Used in place of the vendor's budget; it must include that budget. */
  readonly budget?: RequestBudget | undefined;
  /** The result to use while the vendor is unavailable, usually from the cache. Without it the error says when to try again. */
  readonly fallback?: (() => T) | undefined;
}

/** Runs vendor calls under one policy. From inside out: budget and timeout per attempt, retry, breaker, fallback. */
export interface Resilience {
  run<T>(call: Call<T>): Promise<T>;
}

const TIMEOUT_MS = 15_000;
const ATTEMPTS_MAX = 6;
const FIRST_DELAY_MS = 200;
const DELAY_MS_MAX = 5_000;
const BREAKER = { failures: 5, openMs: 30_000 } as const;
/** A rate limit up to this long is waited out through the budget. For a longer one the job is rescheduled, so that no worker sleeps. */
const SHORT_WAIT_MS = 5_000;
const SHORT_WAITS_MAX = 2;

/**
 * Creates the policy stack of one vendor, or of one app at it. Only transient failures of idempotent calls are retried. A 429 blocks the budget for
 * all processes. A transient failure of any other call is thrown with `context.ambiguous`: true unless the adapter knows that nothing happened.
 */
export function createResilience(options: ResilienceOptions): Resilience {
  const { vendor, now, random = Math.random } = options;
  // The response has been read by then; aborting afterwards would only cost an exception per request.
  const limit = timeout(options.timeoutMs ?? TIMEOUT_MS, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false });
  const breaker = createBreaker({ vendor, now, state: options.breakerState ?? createLocalBreakerState(now), ...(options.breaker ?? BREAKER) });
  const retryPolicy = retry(
    handleWhen((error) => isRetryable(error) && breaker.mayRetry()),
    { maxAttempts: (options.attemptsMax ?? ATTEMPTS_MAX) - 1, backoff: jitteredBackoff(options.firstDelayMs ?? FIRST_DELAY_MS, random) },
  );

  const attemptOnce = async <T>(call: Call<T>, confirmProbe?: () => Promise<void>): Promise<T> => {
    try {
      await (call.budget ?? options.budget).take(call.signal);
    } catch (error) {
      // It was waiting for the budget: nothing was sent.
      throw call.signal.aborted && !isRefusal(error) ? canceled(vendor, false, error) : error;
    }
    await confirmProbe?.();
    await call.beforeSend?.();
    return limit.execute((context) => call.attempt(context.signal), call.signal);
  };
  const attemptThroughShortWaits = async <T>(call: Call<T>, confirmProbe?: () => Promise<void>): Promise<T> => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await attemptOnce(call, confirmProbe);
      } catch (error) {
        // A call that the caller canceled must not count as a failure of the vendor.
        if (call.signal.aborted && !isRefusal(error)) throw canceled(vendor, mayHaveHappened(call, error), error);
        const wait = await blockWhenLimited(error, { ...options, budget: call.budget ?? options.budget });
        if (wait === undefined || wait > SHORT_WAIT_MS || !isRepeated(call) || waits >= SHORT_WAITS_MAX) throw error;
      }
    }
  };
  const attemptWithRetries = async <T>(call: Call<T>): Promise<T> => {
    let last: unknown;
    return retryPolicy.execute(async ({ attempt }) => {
      if (attempt > 0 && !(await breaker.takeRetry())) throw last;
      return attemptThroughShortWaits(call).catch((error: unknown) => {
        last = error;
        throw error;
      });
    }, call.signal);
  };
  const runGuarded = async <T>(asked: Call<T>): Promise<T> => {
    const startedAt = now().getTime();
    const { call, isOut } = watchCall(asked);
    try {
      if (call.signal.aborted) throw canceled(vendor, false, call.signal.reason);
      return await breaker.execute((confirmProbe) =>
        isRepeated(call) && !confirmProbe ? attemptWithRetries(call) : attemptThroughShortWaits(call, confirmProbe),
      );
    } catch (error) {
      if (call.signal.aborted && !isRefusal(error)) throw canceled(vendor, isOut(), error);
      throw call.idempotent ? error : withAmbiguity(error, now().getTime() - startedAt);
    }
  };
  return {
    run: (call) => {
      const { fallback: useFallback } = call;
      return useFallback ? fallback(handleWhen(isUnavailable), useFallback).execute(() => runGuarded(call), call.signal) : runGuarded(call);
    },
  };
}

/** True when the vendor cannot be used now: down, breaker open, or out of quota. False when it rejected this one request. */
function isUnavailable(error: Error): boolean {
  return error instanceof AppError && ['provider_unavailable', 'rate_limited', 'quota_exceeded'].includes(error.code) && !isStopped(error);
}

function isStopped(error: AppError): boolean {
  return error.context?.['kind'] === 'Stopped';
}

/** True for any AppError that is not transient. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && !isTransient(error);
}

function isRetryable(error: unknown): boolean {
  return isTransient(error) && error instanceof AppError && error.context?.['ambiguous'] !== true && (error.retryAfterMs ?? 0) <= SHORT_WAIT_MS;
}

function isRepeated(call: Pick<Call<unknown>, 'idempotent' | 'repeatsFailed'>): boolean {
  return call.idempotent || call.repeatsFailed === true;
}

/** Whether a canceled call that ended with an error may have had an effect. */
function mayHaveHappened(call: Pick<Call<unknown>, 'idempotent' | 'repeatsFailed'>, error: unknown): boolean {
  if (call.idempotent) return false;
  return !call.repeatsFailed || !(error instanceof AppError) || error.context?.['ambiguous'] !== false;
}

/** Exponential backoff with full jitter, and never less than the vendor's Retry-After. */
function jitteredBackoff(firstMs: number, random: () => number) {
  return new DelegateBackoff<IRetryBackoffContext<unknown>, number>(({ result }, step = 0) => {
    const error = 'error' in result ? result.error : undefined;
    const retryAfter = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    return { delay: Math.max(retryAfter, Math.floor(random() * Math.min(DELAY_MS_MAX, firstMs * 2 ** step))), state: step + 1 };
  });
}

/** Blocks the budget for all processes after a 429 or a failure with Retry-After. Returns the wait in ms for a 429, undefined for any other error. */
async function blockWhenLimited(error: unknown, { budget, vendor }: ResilienceOptions): Promise<number | undefined> {
  if (!(error instanceof AppError) || error.retryAfterMs === undefined) return undefined;
  const { kind, status } = error.context ?? {};
  if (kind !== 'RateLimited' && kind !== 'Transient') return undefined;
  await budget.block(error.retryAfterMs, `${vendor} ${typeof status === 'number' ? `answered ${status}` : 'did not respond'}`);
  return kind === 'RateLimited' ? error.retryAfterMs : undefined;
}

function canceled(vendor: string, isAmbiguous: boolean, cause: unknown): AppError {
  return new AppError('provider_unavailable', {
    message: `The request to ${vendor} was canceled before its response arrived.`,
    remedy: RETRIED_AUTOMATICALLY,
    context: { kind: 'Stopped', ambiguous: isAmbiguous },
    cause,
  });
}
