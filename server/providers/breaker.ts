import { AppError } from '#shared/errors.ts';
import { CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import type { BreakerGate, BreakerMemory } from './ports.ts';

export interface BreakerOptions {
  readonly vendor: string;
  readonly memory: BreakerMemory;
  readonly now: () => Date;
  /** So many calls in a row fail before nobody asks any more, for so long. */
  readonly failures: number;
  readonly openMs: number;
}

/** What came of a call, as far as it says something about the vendor: it answered, it did not, or nobody knows. */
type Verdict = 'up' | 'down' | 'unknown';

/** One vendor's breaker in this process: cockatiel counts, the shared memory decides who may ask. */
export interface Breaker {
  /** Runs `work` unless the breaker is open. `isProbe`: one request goes out, to see whether the vendor is back. Throws `rate_limited` (kind CircuitOpen) with when to try again. */
  execute<T>(work: (isProbe: boolean) => Promise<T>): Promise<T>;
  /** False from the moment when this process found the vendor down. */
  isClosed(): boolean;
}

/** When nobody answered. */
export function isTransient(error: unknown): boolean {
  return error instanceof AppError && error.context?.['kind'] === 'Transient';
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { vendor, memory, now, openMs, failures } = options;
  let telling: Promise<void> | undefined;
  const opened = (error: unknown, count: number): Promise<void> => memory.opened(openMs, whyOf(error), count);
  const freshCircuit = (): CircuitBreakerPolicy => {
    const fresh = circuit(failures, 'closed');
    // At once, so that whoever asks next in this process is told already.
    fresh.onBreak((reason) => (telling = opened('error' in reason ? reason.error : undefined, failures)));
    return fresh;
  };
  let local = freshCircuit();

  const askedAgain = async (): Promise<BreakerGate> => {
    const gate = await memory.ask();
    // Found to be back by another process, or let through by a person: what this one counted is over.
    if (gate.kind === 'closed') local = freshCircuit();
    return gate;
  };
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      // The caller needs the vendor's failure; that it could not be written down is a lesser one.
      await telling?.catch(() => {});
      telling = undefined;
    }
  };
  const probe = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await circuit(failures, 'open').execute(work);
      await memory.closed();
      return result;
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict === 'unknown') await memory.released();
      if (verdict === 'up') await memory.closed();
      if (verdict === 'down') await opened(error, 1);
      throw error;
    }
  };

  return {
    isClosed: () => local.state === CircuitState.Closed,
    execute: async (work) => {
      let gate = await memory.ask();
      if (gate.kind === 'closed' && local.state !== CircuitState.Closed) gate = await askedAgain();
      if (gate.kind === 'open') throw circuitOpen(vendor, gate, now());
      return gate.kind === 'probe' ? probe(() => work(true)) : told(local.execute(() => work(false)));
    },
  };
}

/** A fresh circuit. When it half-opens is the memory's business, so an open one lets its first call through as the probe. */
function circuit(failures: number, state: 'closed' | 'open'): CircuitBreakerPolicy {
  const ownState = { value: CircuitState.Open, openedAt: 0, attemptNo: 1 };
  return circuitBreaker(handleWhen(isTransient), {
    halfOpenAfter: 0,
    breaker: new ConsecutiveBreaker(failures),
    ...(state === 'open' ? { initialState: { ownState, breakerState: failures } } : {}),
  });
}

/** A refusal is an answer; what ended on our side, or waited for a budget, says nothing. */
function verdictOf(error: unknown): Verdict {
  if (isTransient(error)) return 'down';
  const kind = error instanceof AppError ? error.context?.['kind'] : undefined;
  return kind === undefined || kind === 'Stopped' || kind === 'HeldBack' ? 'unknown' : 'up';
}

function whyOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'It did not answer.';
  const status = error.context?.['status'];
  return typeof status === 'number' ? `${error.message.replace(/\.$/, '')} (answer ${status}).` : error.message;
}

/** What a request is told that may not be sent: to come back later, so that a job is put off until then and not tried in vain. */
function circuitOpen(vendor: string, gate: { until: Date; why: string }, now: Date): AppError {
  return new AppError('rate_limited', {
    message: `${vendor} failed several times in a row and is left alone until ${gate.until.toISOString().slice(11, 16)} UTC.`,
    remedy: 'It is tried again by itself; nothing has to be done unless it lasts.',
    retryAfterMs: Math.max(0, gate.until.getTime() - now.getTime()),
    context: { kind: 'CircuitOpen', ambiguous: false, why: gate.why },
  });
}

/** A breaker's memory that ends with the process, for what has no database behind it. */
export function createPrivateMemory(now: () => Date): BreakerMemory {
  let open: { until: Date; why: string } | undefined;
  let isProbed = false;
  return {
    ask: async () => {
      if (!open) return { kind: 'closed' };
      if (isProbed || open.until > now()) return { kind: 'open', ...open };
      isProbed = true;
      return { kind: 'probe' };
    },
    opened: async (forMs, why) => {
      open = { until: new Date(now().getTime() + forMs), why };
      isProbed = false;
    },
    closed: async () => {
      open = undefined;
      isProbed = false;
    },
    released: async () => {
      isProbed = false;
    },
  };
}
