import { AppError } from '#shared/errors.ts';
import { DelegateBackoff, fallback, handleWhen, retry, timeout, TimeoutStrategy } from 'cockatiel';
import type { IRetryBackoffContext } from 'cockatiel';
import { createBreaker, createPrivateMemory, isTransient } from './breaker.ts';
import type { BreakerMemory, RequestBudget } from './ports.ts';

export interface ResilienceOptions {
  readonly vendor: string;
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** One attempt, from sending to the last byte of the answer. */
  readonly timeoutMs?: number | undefined;
  /** Calls that may be repeated are tried so often in all. */
  readonly attemptsMax?: number | undefined;
  readonly firstDelayMs?: number | undefined;
  /** So many calls in a row fail before nobody asks any more, for so long. */
  readonly breaker?: { readonly failures: number; readonly openMs: number } | undefined;
  /** Where the breaker's state is kept; the process's own memory unless said. */
  readonly memory?: BreakerMemory | undefined;
  readonly random?: (() => number) | undefined;
}

export interface Call<T> {
  /** May be sent twice without doing anything twice. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  /** Charged instead of the vendor's own budget, which it takes along. */
  readonly budget?: RequestBudget | undefined;
  /** What the caller makes do with while the vendor cannot be asked: kept answers as a rule. Without it the error says when to try again. */
  readonly fallback?: (() => T) | undefined;
}

/** Runs vendor calls under the one policy: budget, then timeout for each attempt; retry around them; breaker around those; fallback around it all. */
export interface Resilience {
  run<T>(call: Call<T>): Promise<T>;
}

const TIMEOUT_MS = 15_000;
const ATTEMPTS_MAX = 6;
const FIRST_DELAY_MS = 200;
const DELAY_MS_MAX = 5_000;
const BREAKER = { failures: 5, openMs: 30_000 } as const;
/** A wait as short as this is taken through the budget; a longer one is the job's business, so that no worker sleeps. */
const SHORT_WAIT_MS = 5_000;
const SHORT_WAITS_MAX = 2;

/**
 * The policy stack of one vendor (or one app at it). Retries only transient failures of calls that may be repeated. A 429 blocks the
 * budget for everybody. A transient failure of a call that may not be repeated is thrown with `context.ambiguous`.
 */
export function createResilience(options: ResilienceOptions): Resilience {
  const { vendor, now, random = Math.random } = options;
  // An answer is read to its end by then; aborting what is over would only cost an exception for each request.
  const limit = timeout(options.timeoutMs ?? TIMEOUT_MS, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false });
  const breaker = createBreaker({ vendor, now, memory: options.memory ?? createPrivateMemory(now), ...(options.breaker ?? BREAKER) });
  const again = retry(
    handleWhen((error) => isWorthRepeating(error) && breaker.mayRepeat()),
    { maxAttempts: (options.attemptsMax ?? ATTEMPTS_MAX) - 1, backoff: jitteredBackoff(options.firstDelayMs ?? FIRST_DELAY_MS, random) },
  );

  const once = async <T>(call: Call<T>, stillMayProbe?: () => Promise<void>): Promise<T> => {
    try {
      await (call.budget ?? options.budget).take(call.signal);
    } catch (error) {
      // Waiting for its turn: nothing was sent, so nothing can have happened.
      throw call.signal.aborted && !isRefusal(error) ? stopped(vendor, false, error) : error;
    }
    await stillMayProbe?.();
    return limit.execute((context) => call.attempt(context.signal), call.signal);
  };
  const throughShortWaits = async <T>(call: Call<T>, stillMayProbe?: () => Promise<void>): Promise<T> => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await once(call, stillMayProbe);
      } catch (error) {
        // What the caller ended says nothing about the vendor, and must not count against it.
        if (call.signal.aborted && !isRefusal(error)) throw stopped(vendor, !call.idempotent, error);
        const wait = await blockWhenLimited(error, { ...options, budget: call.budget ?? options.budget });
        if (wait === undefined || wait > SHORT_WAIT_MS || !call.idempotent || waits >= SHORT_WAITS_MAX) throw error;
      }
    }
  };
  const repeating = async <T>(call: Call<T>): Promise<T> => {
    let last: unknown;
    return again.execute(async ({ attempt }) => {
      if (attempt > 0 && !(await breaker.takeRepeat())) throw last;
      return throughShortWaits(call).catch((error: unknown) => {
        last = error;
        throw error;
      });
    }, call.signal);
  };
  const guarded = async <T>(call: Call<T>): Promise<T> => {
    const startedAt = now().getTime();
    try {
      if (call.signal.aborted) throw stopped(vendor, false, call.signal.reason);
      return await breaker.execute((stillMayProbe) => (call.idempotent && !stillMayProbe ? repeating(call) : throughShortWaits(call, stillMayProbe)));
    } catch (error) {
      if (call.signal.aborted && !isRefusal(error)) throw stopped(vendor, !call.idempotent, error);
      throw call.idempotent ? error : withAmbiguity(error, now().getTime() - startedAt);
    }
  };
  return {
    run: (call) => {
      const { fallback: instead } = call;
      return instead ? fallback(handleWhen(isAway), instead).execute(() => guarded(call), call.signal) : guarded(call);
    },
  };
}

/** The vendor cannot be asked now: down, left alone, or out of budget. A refusal of this one question is not that. */
function isAway(error: Error): boolean {
  return error instanceof AppError && ['provider_unavailable', 'rate_limited', 'quota_exceeded'].includes(error.code) && !isStopped(error);
}

function isStopped(error: AppError): boolean {
  return error.context?.['kind'] === 'Stopped';
}

/** The vendor said something; it did not merely fail to answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && !isTransient(error);
}

function isWorthRepeating(error: unknown): boolean {
  return isTransient(error) && error instanceof AppError && (error.retryAfterMs ?? 0) <= SHORT_WAIT_MS;
}

/** Full jitter over doubling steps, and never sooner than the vendor asked. */
function jitteredBackoff(firstMs: number, random: () => number) {
  return new DelegateBackoff<IRetryBackoffContext<unknown>, number>(({ result }, step = 0) => {
    const error = 'error' in result ? result.error : undefined;
    const asked = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    return { delay: Math.max(asked, Math.floor(random() * Math.min(DELAY_MS_MAX, firstMs * 2 ** step))), state: step + 1 };
  });
}

/** Tells everybody to stop when the vendor said so, with a 429 or with a failure that names a time; gives the wait of a 429, undefined for any other error. */
async function blockWhenLimited(error: unknown, { budget, vendor }: ResilienceOptions): Promise<number | undefined> {
  if (!(error instanceof AppError) || error.retryAfterMs === undefined) return undefined;
  const { kind, status } = error.context ?? {};
  if (kind !== 'RateLimited' && kind !== 'Transient') return undefined;
  await budget.block(error.retryAfterMs, `${vendor} answered ${typeof status === 'number' ? status : 'nothing'}`);
  return kind === 'RateLimited' ? error.retryAfterMs : undefined;
}

function stopped(vendor: string, isAmbiguous: boolean, cause: unknown): AppError {
  return new AppError('provider_unavailable', {
    message: `The request to ${vendor} was stopped before its answer came.`,
    remedy: 'It is taken up again by itself.',
    context: { kind: 'Stopped', ambiguous: isAmbiguous },
    cause,
  });
}

/** Without an answer to a write nobody knows whether it happened; the caller has to look before anything is sent again. */
function withAmbiguity(error: unknown, afterMs: number): unknown {
  if (!(error instanceof AppError) || !isTransient(error)) return error;
  const { code, message, remedy, field, context, retryAfterMs, cause } = error;
  return new AppError(code, {
    message,
    remedy,
    field,
    retryAfterMs,
    cause,
    context: { ...context, ambiguous: context?.['sent'] !== false, afterMs },
  });
}
