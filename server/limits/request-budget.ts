/**
 * A request budget that all processes share (GCRA, the generic cell rate algorithm, over `rate_buckets`): every request gets a send time of its own.
 *
 * States of one request: waiting for a block to end → slot reserved → waiting for the slot → sent. A block that is set in between, or a clock that was set
 * back, costs the slot and the request starts again.
 */
import type { Db } from '#server/repos/database.ts';
import { reserveSlots } from '#server/repos/limits/request-slots.ts';
import type { Slot } from '#server/repos/limits/request-slots.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { rateLimited, watchBlock } from './request-block.ts';
import type { BudgetClock } from './request-block.ts';
import type { RequestUse } from './request-use.ts';

interface BudgetLimits {
  /** Names the budget in the database; processes that use the same name share it. */
  readonly key: string;
  /** Requests in any rolling window; undefined when nothing is counted and only the vendor's own rate limits apply. */
  readonly requests: number | undefined;
  readonly windowMs: number;
  /** Counts granted requests. */
  readonly use?: RequestUse | undefined;
}

interface Waiter {
  readonly grant: (slot: Slot) => void;
  readonly refuse: (error: unknown) => void;
}

interface Pace {
  readonly key: string;
  readonly spacingMs: number;
  readonly catchUpMs: number;
}

/** A request reaches the vendor up to this share of the window after its slot without exceeding the vendor's count. */
const DELIVERY_SHARE = 0.01;
/** Share of unused slots that may be caught up with at once; compensates for timers and round trips. */
const CATCH_UP_SHARE = 0.01;
/** Slots reserved in one statement, when as many requests wait. */
const CHUNK_MAX = 20;
/** Longest wait for a slot. An unused slot is lost, so a worker waits for it rather than give it up; but not longer than this. */
const PACE_WAIT_MAX_MS = 5 * 60_000;
const ALL_RESERVED = 'the request budget of the next minutes is already reserved.';

const realClock = (now: () => Date): BudgetClock => ({ now, wait: (ms, signal) => sleep(ms, undefined, { signal }) });

/**
 * Never more than `requests` in any rolling window, and at least 95% of them when asked for. `take` throws `rate_limited` with `retryAfterMs`
 * when the bucket is blocked, or its slots are reserved, for longer than a worker should wait.
 */
export function createRequestBudget(db: Db, limits: BudgetLimits, time: (() => Date) | BudgetClock) {
  const clock = typeof time === 'function' ? realClock(time) : time;
  const block = watchBlock(db, limits.key, clock);
  const nextSlot =
    limits.requests === undefined ? undefined : slotSource(db, { ...paceOf(limits.requests, limits.windowMs), key: limits.key }, clock);
  return {
    take: async (signal: AbortSignal): Promise<void> => {
      for (;;) {
        await block.wait(signal);
        const slot = await nextSlot?.();
        // Blocked in the meantime: the slot is lost, and a new one follows the block.
        if (slot && block.learn(slot.block)) continue;
        const waited = slot ? await waitFor(slot.atMs, clock, signal) : 'not';
        // After a long wait the known block may be out of date; a slot that moved hours away because the clock was set back is replaced.
        if (waited === 'in vain' || (waited === 'long' && (await block.isOn(0)))) continue;
        limits.use?.note(limits.key);
        return;
      }
    },
    block: block.begin,
  };
}

/** Waits for a near instant; `in vain` when a clock that was set back has made it distant. Throws `rate_limited` when it was distant from the start. */
async function waitFor(atMs: number, clock: BudgetClock, signal: AbortSignal): Promise<'not' | 'long' | 'in vain'> {
  let waited: 'not' | 'long' = 'not';
  for (let aheadMs = atMs - clock.now().getTime(); aheadMs > 0; aheadMs = atMs - clock.now().getTime()) {
    if (aheadMs > PACE_WAIT_MAX_MS) {
      if (waited === 'long') return 'in vain';
      throw rateLimited(aheadMs, ALL_RESERVED);
    }
    await clock.wait(Math.ceil(aheadMs), signal);
    waited = 'long';
  }
  return waited;
}

/** Time between two slots, and how far in the past the next slot may lie. */
function paceOf(requests: number, windowMs: number): { spacingMs: number; catchUpMs: number } {
  const catchUp = Math.floor(requests * CATCH_UP_SHARE);
  const spacingMs = (windowMs * (1 + DELIVERY_SHARE)) / (requests - catchUp);
  return { spacingMs, catchUpMs: catchUp * spacingMs };
}

/** Grants slots in the order of the requests. One statement reserves a slot for every waiting request, up to CHUNK_MAX. */
function slotSource(db: Db, pace: Pace, clock: BudgetClock): () => Promise<Slot> {
  const waiting: Waiter[] = [];
  let nextMs = 0;
  /** Reserves no more slots than lie within PACE_WAIT_MAX_MS: nobody would wait for the others. */
  const chunk = (): number => {
    const nowMs = clock.now().getTime();
    const nearMs = nowMs + PACE_WAIT_MAX_MS - Math.max(nowMs, nextMs);
    return Math.max(1, Math.min(CHUNK_MAX, Math.floor(nearMs / pace.spacingMs)));
  };
  let isPumping = false;
  const pump = async (): Promise<void> => {
    isPumping = true;
    // Requests of the same turn of the event loop share a reservation.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, chunk());
      try {
        const first = await reserve(db, pace, { count: batch.length, nowMs: clock.now().getTime() });
        nextMs = first.atMs + batch.length * pace.spacingMs;
        for (const [index, waiter] of batch.entries()) waiter.grant({ ...first, atMs: first.atMs + index * pace.spacingMs });
      } catch (error) {
        for (const waiter of batch) waiter.refuse(error);
      }
    }
    isPumping = false;
  };
  return () =>
    new Promise((grant, refuse) => {
      waiting.push({ grant, refuse });
      if (!isPumping) void pump();
    });
}

async function reserve(db: Db, pace: Pace, { count, nowMs }: { count: number; nowMs: number }): Promise<Slot> {
  const lastMs = nowMs + PACE_WAIT_MAX_MS;
  const slot = await reserveSlots(db, { ...pace, count, nowMs, lastMs, impossibleMs: lastMs + 2 * CHUNK_MAX * pace.spacingMs });
  if (!slot) throw rateLimited(PACE_WAIT_MAX_MS, ALL_RESERVED);
  return slot;
}
