import type { RequestBudget } from '#server/providers/ports.ts';
import { AppError } from '#shared/errors.ts';
import {
  circuitBreaker,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import type { IRetryBackoffContext } from 'cockatiel';

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
  readonly random?: (() => number) | undefined;
}

export interface Call<T> {
  /** May be sent twice without doing anything twice. */
  readonly idempotent: boolean;
  readonly signal: AbortSignal;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
}

/** Runs vendor calls under the one policy: budget, then timeout for each attempt; retry around them; breaker around it all. */
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
  const { vendor, budget, now, random = Math.random } = options;
  const { failures, openMs } = options.breaker ?? BREAKER;
  // An answer is read to its end by then; aborting what is over would only cost an exception for each request.
  const limit = timeout(options.timeoutMs ?? TIMEOUT_MS, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false });
  const breaker = circuitBreaker(handleWhen(isTransient), { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failures) });
  const again = retry(handleWhen(isWorthRepeating), {
    maxAttempts: (options.attemptsMax ?? ATTEMPTS_MAX) - 1,
    backoff: jitteredBackoff(options.firstDelayMs ?? FIRST_DELAY_MS, random),
  });
  const patient = wrap(breaker, again);

  const once = async <T>({ signal, attempt }: Call<T>): Promise<T> => {
    await budget.take(signal);
    return limit.execute((context) => attempt(context.signal), signal);
  };
  const throughShortWaits = async <T>(call: Call<T>): Promise<T> => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await once(call);
      } catch (error) {
        const wait = await blockWhenLimited(error, options);
        if (wait === undefined || wait > SHORT_WAIT_MS || !call.idempotent || waits >= SHORT_WAITS_MAX) throw error;
      }
    }
  };
  return {
    run: async (call) => {
      const startedAt = now().getTime();
      try {
        if (call.signal.aborted) throw call.signal.reason;
        const policy = call.idempotent ? patient : breaker;
        return await policy.execute(() => throughShortWaits(call), call.signal);
      } catch (error) {
        if (isBrokenCircuitError(error)) throw circuitOpen(vendor, openMs);
        if (call.signal.aborted && !isRefusal(error)) throw stopped(vendor, call, error);
        throw call.idempotent ? error : withAmbiguity(error, now().getTime() - startedAt);
      }
    },
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof AppError && error.context?.['kind'] === 'Transient';
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

/** Tells everybody to stop when the vendor said so; gives the wait, undefined for any other error. */
async function blockWhenLimited(error: unknown, { budget, vendor, now }: ResilienceOptions): Promise<number | undefined> {
  if (!(error instanceof AppError) || error.context?.['kind'] !== 'RateLimited' || error.retryAfterMs === undefined) return undefined;
  await budget.block(new Date(now().getTime() + error.retryAfterMs), `${vendor} answered 429`);
  return error.retryAfterMs;
}

function circuitOpen(vendor: string, openMs: number): AppError {
  return new AppError('provider_unavailable', {
    message: `${vendor} failed several times in a row and is left alone for a while.`,
    remedy: 'It is tried again by itself; nothing has to be done unless it lasts.',
    retryAfterMs: openMs,
    context: { kind: 'CircuitOpen', ambiguous: false },
  });
}

function stopped(vendor: string, call: { idempotent: boolean }, cause: unknown): AppError {
  return new AppError('provider_unavailable', {
    message: `The request to ${vendor} was stopped before its answer came.`,
    remedy: 'It is taken up again by itself.',
    context: { kind: 'Stopped', ambiguous: !call.idempotent },
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
