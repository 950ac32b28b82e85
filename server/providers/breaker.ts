import { AppError } from '#shared/errors.ts';
import type { BreakerDecision, SharedBreaker, BreakerProbe } from './ports.ts';

export interface BreakerOptions {
  readonly vendor: string;
  readonly state: SharedBreaker;
  readonly now: () => Date;
  /** After `failures` failed calls in a row the breaker opens for `openMs`. */
  readonly failures: number;
  readonly openMs: number;
}

/** What a call shows about the vendor: it responded (`up`), it did not (`down`), or nothing (`unknown`). */
type Health = 'up' | 'down' | 'unknown';

/**
 * One vendor's breaker in this process. The shared state counts failures and decides which requests may go out.
 * - closed → open: `failures` calls in a row failed, across all processes
 * - open → probing: `openMs` has passed; one request across all processes becomes the probe
 * - probing → closed: the probe got a response
 * - probing → open: the probe failed
 * - probing → probing by another request: the probe ended without a result, or waited too long and lost its turn
 */
export interface Breaker {
  /**
   * Runs `work` unless the breaker is open. `work` receives `confirmProbe` when its request is the probe; it must await it right before sending.
   * Both throw `rate_limited` (kind CircuitOpen) with the time to wait.
   */
  execute<T>(work: (confirmProbe?: () => Promise<void>) => Promise<T>): Promise<T>;
  /** False when this process knows that the breaker is open or that the shared retry allowance is used up. Requests are then sent only once. */
  mayRetry(): boolean;
  /** Call right before a retry. Takes one from the retry allowance that all processes share until the vendor responds. False when none is left. */
  takeRetry(): Promise<boolean>;
}

/** Retries across all processes until the vendor responds: as many as two calls need. Including the calls themselves, a vendor gets at most 20 requests in an outage before the breaker opens. */
const RETRIES_MAX = 10;

/** True for an error of kind Transient: no response, or a server error. */
export function isTransient(error: unknown): boolean {
  return error instanceof AppError && error.context?.['kind'] === 'Transient';
}

/** Creates the breaker of a vendor over its shared state. */
export function createBreaker(options: BreakerOptions): Breaker {
  const { vendor, state: memory, now, openMs, failures } = options;
  /** A call of this process saw the breaker open, and no later one saw it closed. */
  let hasOpened = false;

  /** Asks again if the breaker opened while the first answer was on its way. */
  const admit = async (): Promise<BreakerDecision> => {
    const gate = await memory.admit();
    if (gate.kind !== 'closed' || !hasOpened) return gate;
    const next = await memory.admit();
    if (next.kind === 'closed') hasOpened = false;
    return next;
  };
  /** Runs `work` and records its result. A failure to record is ignored, because the caller needs the vendor's result. */
  const runCounted = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      await memory.recordSuccess().catch(() => {});
      return result;
    } catch (error) {
      const health = healthOf(error);
      if (health === 'up') await memory.recordSuccess().catch(() => {});
      if (health === 'down')
        hasOpened = (await memory.recordFailure({ why: failureReason(error), limit: failures, forMs: openMs }).catch(() => false)) || hasOpened;
      throw error;
    }
  };
  const runProbe = async <T>(probe: BreakerProbe, work: (confirmProbe: () => Promise<void>) => Promise<T>): Promise<T> => {
    const confirmProbe = async (): Promise<void> => {
      const lost = await probe.confirm();
      if (lost) throw circuitOpen(vendor, lost, now());
    };
    try {
      const result = await work(confirmProbe);
      await memory.close();
      return result;
    } catch (error) {
      const health = healthOf(error);
      if (health === 'unknown') await probe.release();
      if (health === 'up') await memory.close();
      if (health === 'down') await memory.open(openMs, failureReason(error), 1);
      throw error;
    }
  };

  return {
    mayRetry: () => !hasOpened && memory.retries() < RETRIES_MAX,
    // A retry that cannot be counted is not sent; the call has already failed.
    takeRetry: () => memory.takeRetry(RETRIES_MAX).catch(() => false),
    execute: async (work) => {
      const gate = await admit();
      if (gate.kind === 'open') throw circuitOpen(vendor, gate, now());
      return gate.kind === 'probe' ? runProbe(gate.probe, work) : runCounted(work);
    },
  };
}

/** A rejection is a response. A call that was canceled here, or waited for a budget, shows nothing. */
function healthOf(error: unknown): Health {
  if (isTransient(error)) return 'down';
  const { kind, wasSent } = (error instanceof AppError ? error.context : undefined) ?? {};
  if (kind === undefined || wasSent === false) return 'unknown';
  return kind === 'Stopped' || kind === 'HeldBack' || kind === 'CircuitOpen' ? 'unknown' : 'up';
}

function failureReason(error: unknown): string {
  if (!(error instanceof AppError)) return 'No response.';
  const status = error.context?.['status'];
  return typeof status === 'number' ? `${error.message.replace(/\.$/, '')} (status ${status}).` : error.message;
}

/** The error for a request that may not be sent. It carries the time to wait, so that a job is rescheduled instead of failing. */
function circuitOpen(vendor: string, gate: { until: Date; why: string }, now: Date): AppError {
  return new AppError('rate_limited', {
    message: `${vendor} failed several times in a row. Requests are paused until ${gate.until.toISOString().slice(11, 16)} UTC.`,
    remedy: 'Segue tries again automatically; act only if this persists.',
    retryAfterMs: Math.max(0, gate.until.getTime() - now.getTime()),
    context: { kind: 'CircuitOpen', ambiguous: false, why: gate.why },
  });
}

/** In-process breaker memory, for callers without a database. */
export function createLocalBreakerState(now: () => Date): SharedBreaker {
  let open: { until: Date; why: string } | undefined;
  let failures = 0;
  let repeats = 0;
  let isProbing = false;
  const opened = async (forMs: number, why: string): Promise<void> => {
    open = { until: new Date(now().getTime() + forMs), why };
    isProbing = false;
  };
  // Within one process a probe cannot be lost to another owner.
  const probe: BreakerProbe = {
    confirm: async () => undefined,
    release: async () => {
      isProbing = false;
    },
  };
  const closed = async (): Promise<void> => {
    open = undefined;
    failures = 0;
    repeats = 0;
    isProbing = false;
  };
  return {
    admit: async () => {
      if (!open) return { kind: 'closed' };
      if (isProbing || open.until > now()) return { kind: 'open', ...open };
      isProbing = true;
      return { kind: 'probe', probe };
    },
    retries: () => (open ? Number.POSITIVE_INFINITY : repeats),
    takeRetry: async (max) => {
      if (open || repeats >= max) return false;
      repeats += 1;
      return true;
    },
    recordFailure: async ({ why, limit, forMs }) => {
      failures += 1;
      if (!open && failures >= limit) await opened(forMs, why);
      return open !== undefined;
    },
    recordSuccess: async () => {
      if (open) return;
      failures = 0;
      repeats = 0;
    },
    open: opened,
    close: closed,
  };
}
