/**
 * The rate limit that a vendor set on one bucket of requests.
 *
 * States: free → blocked until an instant → free. A 429 or a failure that names a time blocks; time alone frees. A later end replaces an earlier
 * one, never the other way round. The process that was told knows at once; others learn it with their next slot, or within BLOCK_CHECK_MS.
 */
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';
import { pullBackBlock, readBlock, writeBlock } from '#server/repos/limits/request-blocks.ts';
import type { Block } from '#server/repos/limits/request-blocks.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';

/** Injected time, so that a test of an hour takes a second. `wait` may return early; it rejects when the signal fires. */
export interface BudgetClock {
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Longest time for which a process with an uncounted budget misses a block set by another process. Counted budgets learn it with every slot. */
const BLOCK_CHECK_MS = 500;
/** A longer wait is thrown as `rate_limited`, so that the queue reschedules the job instead of holding a worker. */
const WAIT_MAX_MS = 60_000;

/** Tracks the block of the bucket `key`. `wait` throws `rate_limited` when the block lasts longer than WAIT_MAX_MS. */
export function watchBlock(db: Db, key: string, clock: BudgetClock) {
  let known: Block = { untilMs: 0, why: '' };
  let checkedMs = -Infinity;
  let checking: Promise<void> | undefined;
  let writes = 0;
  const learn = (block: Block): boolean => {
    if (block.untilMs > known.untilMs) known = block;
    checkedMs = clock.now().getTime();
    return known.untilMs > checkedMs;
  };
  const check = async (): Promise<void> => {
    const [writesBefore, now] = [writes, clock.now()];
    // Only a process whose own clock went back, or that has never read: the clock of another machine may simply be wrong.
    const mayPull = checkedMs === -Infinity || checkedMs - now.getTime() > SKEW_MAX_MS;
    const stored = await (mayPull ? pullBackBlock(db, key, now) : readBlock(db, key));
    // A block that was pulled back ends earlier than the known one, but not earlier than one written in the meantime.
    if (mayPull && writes === writesBefore) known = { untilMs: 0, why: '' };
    learn(stored);
  };
  const isOn = async (ageMaxMs = BLOCK_CHECK_MS): Promise<boolean> => {
    // Absolute, because a clock that was set back must not keep an old reading.
    if (Math.abs(clock.now().getTime() - checkedMs) >= ageMaxMs) {
      checking ??= check().finally(() => (checking = undefined));
      await checking;
    }
    return known.untilMs > clock.now().getTime();
  };
  return {
    isOn,
    learn,
    wait: async (signal: AbortSignal): Promise<void> => {
      signal.throwIfAborted();
      while (await isOn()) {
        const leftMs = known.untilMs - clock.now().getTime();
        if (leftMs > WAIT_MAX_MS) throw rateLimited(leftMs, known.why);
        if (leftMs > 0) await clock.wait(Math.ceil(leftMs), signal);
      }
    },
    begin: async (forMs: number, why: string, accountId?: AccountId): Promise<void> => {
      const at = clock.now();
      const untilMs = at.getTime() + forMs;
      if (Number.isNaN(untilMs)) throw new TypeError('A block needs a length.');
      writes += 1;
      if (untilMs > known.untilMs) known = { untilMs, why };
      await writeBlock(db, { key, at, until: new Date(untilMs), why, accountId }).finally(() => (writes += 1));
    },
  };
}

/** The error of a request that would have to wait too long to hold a worker. */
export function rateLimited(leftMs: number, why: string): AppError {
  return new AppError('rate_limited', {
    message: `Rate limited: ${why}`,
    remedy: 'Segue tries again automatically; you don’t need to do anything.',
    retryAfterMs: leftMs,
    context: { kind: 'HeldBack' },
  });
}
