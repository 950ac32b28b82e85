import { AppError } from '#shared/errors.ts';
import { CircuitState, circuitBreaker, handleWhen } from 'cockatiel';
import type { CircuitBreakerPolicy, IBreaker } from 'cockatiel';
import type { BreakerGate, BreakerMemory, BreakerProbe } from './ports.ts';

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

/** One vendor's breaker in this process: cockatiel keeps the circuit, the shared memory counts and decides who may ask. */
export interface Breaker {
  /**
   * Runs `work` unless the breaker is open. With `stillMayProbe` one request goes out, to see whether the vendor is back, and `stillMayProbe` is asked right
   * before. Both throw `rate_limited` (kind CircuitOpen) with when to try again.
   */
  execute<T>(work: (stillMayProbe?: () => Promise<void>) => Promise<T>): Promise<T>;
  /** False from the moment when the vendor was found down, or when requests enough were repeated in vain, as far as this process knows: then each is sent once. */
  mayRepeat(): boolean;
  /** Right before a request is sent again: takes one of the repetitions that the whole house has until the vendor answers. False when none is left. */
  takeRepeat(): Promise<boolean>;
}

/** Without an answer so much is repeated in the whole house: as much as two calls need. With the calls themselves an outage costs a vendor 20 requests at most before it is left alone. */
const REPEATS_MAX = 10;

/** When nobody answered. */
export function isTransient(error: unknown): boolean {
  return error instanceof AppError && error.context?.['kind'] === 'Transient';
}

export function createBreaker(options: BreakerOptions): Breaker {
  const { vendor, memory, now, openMs, failures } = options;
  let local = createCircuit('closed');

  const askedAgain = async (): Promise<BreakerGate> => {
    const gate = await memory.ask();
    // Found to be back by another process, or let through by a person: what this one knew is over.
    if (gate.kind === 'closed') local = createCircuit('closed');
    return gate;
  };
  /** The caller needs the vendor's answer or its failure; that it could not be written down is a lesser one. */
  const counted = async <T>(work: () => Promise<T>, { tell }: Circuit): Promise<T> => {
    try {
      const result = await work();
      await memory.answered().catch(() => {});
      return result;
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict === 'up') await memory.answered().catch(() => {});
      if (verdict === 'down') tell(await memory.failed({ why: whyOf(error), limit: failures, forMs: openMs }).catch(() => false));
      throw error;
    }
  };
  const asProbe = async <T>(right: BreakerProbe, work: (stillMayProbe: () => Promise<void>) => Promise<T>): Promise<T> => {
    const stillMayProbe = async (): Promise<void> => {
      const lost = await right.keep();
      if (lost) throw circuitOpen(vendor, lost, now());
    };
    try {
      const result = await createCircuit('open').policy.execute(() => work(stillMayProbe));
      await memory.closed();
      return result;
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict === 'unknown') await right.release();
      if (verdict === 'up') await memory.closed();
      if (verdict === 'down') await memory.opened(openMs, whyOf(error), 1);
      throw error;
    }
  };

  return {
    mayRepeat: () => local.policy.state === CircuitState.Closed && memory.repeats() < REPEATS_MAX,
    // What cannot be counted is not sent: the call has failed already.
    takeRepeat: () => memory.repeated(REPEATS_MAX).catch(() => false),
    execute: async (work) => {
      let gate = await memory.ask();
      if (gate.kind === 'closed' && local.policy.state !== CircuitState.Closed) gate = await askedAgain();
      if (gate.kind === 'open') throw circuitOpen(vendor, gate, now());
      const circuit = local;
      return gate.kind === 'probe' ? asProbe(gate.probe, work) : circuit.policy.execute(() => counted(work, circuit));
    },
  };
}

interface Circuit {
  readonly policy: CircuitBreakerPolicy;
  /** Whether the failure that is about to be thrown was one too many. */
  readonly tell: (isOneTooMany: boolean) => void;
}

/**
 * A fresh circuit. Cockatiel asks after each failure whether it was one too many; that is counted for the whole house. When the circuit half-opens
 * is the memory's business as well, so an open one lets its first call through as the probe.
 */
function createCircuit(state: 'closed' | 'open'): Circuit {
  let isOneTooMany = false;
  const breaker: IBreaker = { state: undefined, success: () => {}, failure: () => isOneTooMany };
  const ownState = { value: CircuitState.Open, openedAt: 0, attemptNo: 1 };
  const policy = circuitBreaker(handleWhen(isTransient), {
    halfOpenAfter: 0,
    breaker,
    ...(state === 'open' ? { initialState: { ownState, breakerState: undefined } } : {}),
  });
  return { policy, tell: (tooMany) => (isOneTooMany ||= tooMany) };
}

/** A refusal is an answer; what ended on our side, or waited for a budget, says nothing. */
function verdictOf(error: unknown): Verdict {
  if (isTransient(error)) return 'down';
  const { kind, asked } = (error instanceof AppError ? error.context : undefined) ?? {};
  if (kind === undefined || asked === false) return 'unknown';
  return kind === 'Stopped' || kind === 'HeldBack' || kind === 'CircuitOpen' ? 'unknown' : 'up';
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
  let failures = 0;
  let repeats = 0;
  let isProbed = false;
  const opened = async (forMs: number, why: string): Promise<void> => {
    open = { until: new Date(now().getTime() + forMs), why };
    isProbed = false;
  };
  // Nobody can take it over, since whoever has it lives as long as this memory does.
  const probe: BreakerProbe = {
    keep: async () => undefined,
    release: async () => {
      isProbed = false;
    },
  };
  const closed = async (): Promise<void> => {
    open = undefined;
    failures = 0;
    repeats = 0;
    isProbed = false;
  };
  return {
    ask: async () => {
      if (!open) return { kind: 'closed' };
      if (isProbed || open.until > now()) return { kind: 'open', ...open };
      isProbed = true;
      return { kind: 'probe', probe };
    },
    repeats: () => (open ? Number.POSITIVE_INFINITY : repeats),
    repeated: async (max) => {
      if (open || repeats >= max) return false;
      repeats += 1;
      return true;
    },
    failed: async ({ why, limit, forMs }) => {
      failures += 1;
      if (!open && failures >= limit) await opened(forMs, why);
      return open !== undefined;
    },
    answered: async () => {
      if (open) return;
      failures = 0;
      repeats = 0;
    },
    opened,
    closed,
  };
}
