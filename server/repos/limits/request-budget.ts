import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { tooLong, watchBlock } from './request-block.ts';
import type { Block, BudgetClock } from './request-block.ts';
import type { RequestUse } from './request-use.ts';
import { setTimeout as sleep } from 'node:timers/promises';

interface BudgetLimits {
  /** Names the budget in the database; processes that use the same name share it. */
  readonly key: string;
  /** Requests in any rolling window; undefined when nobody counts and only the vendor's own word stops us. */
  readonly requests: number | undefined;
  readonly windowMs: number;
  /** Where granted requests are counted. */
  readonly use?: RequestUse | undefined;
}

/** An instant to send at, and what the database knew about a block when it gave it. */
interface Slot {
  readonly atMs: number;
  readonly block: Block;
}

interface Waiter {
  readonly grant: (slot: Slot) => void;
  readonly refuse: (error: unknown) => void;
}

/** A request arrives at the vendor up to this share of the window after its slot without breaking the vendor's count. */
const DELIVERY_SHARE = 0.01;
/** Unused slots that may be caught up with at once; they make good what timers and round trips lose. */
const CATCH_UP_SHARE = 0.01;
/** Slots reserved in one round trip, when as many requests wait. */
const CHUNK_MAX = 20;
/** A slot is dearer than a worker, because one that is not used is lost; but not beyond this. */
const PACE_WAIT_MAX_MS = 5 * 60_000;
const ALL_SPOKEN_FOR = 'the requests of the next minutes are all spoken for.';

const realClock = (now: () => Date): BudgetClock => ({ now, wait: (ms, signal) => sleep(ms, undefined, { signal }) });

/**
 * A request budget that all processes share through `rate_buckets` (GCRA: each request gets an instant of its own). Never more than `requests` in any
 * rolling window, at least 95 % of them when asked for. `take` throws `rate_limited` with `retryAfterMs` when the vendor closed the door for long.
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
        // Told to stop meanwhile: the slot is lost, and a new one comes after the block.
        if (slot && block.learn(slot.block)) continue;
        const waited = slot ? await waitFor(slot.atMs, clock, signal) : 'not';
        // What is known may be old by now; and a slot that a clock set back has moved hours away is given up for another.
        if (waited === 'in vain' || (waited === 'long' && (await block.isOn(0)))) continue;
        limits.use?.note(limits.key);
        return;
      }
    },
    block: block.begin,
  };
}

/** Waits for an instant that is near; `in vain` when a clock set back has made it distant. Throws when it was too distant to hold a worker for from the start. */
async function waitFor(atMs: number, clock: BudgetClock, signal: AbortSignal): Promise<'not' | 'long' | 'in vain'> {
  let waited: 'not' | 'long' = 'not';
  for (let aheadMs = atMs - clock.now().getTime(); aheadMs > 0; aheadMs = atMs - clock.now().getTime()) {
    if (aheadMs > PACE_WAIT_MAX_MS) {
      if (waited === 'long') return 'in vain';
      throw tooLong(aheadMs, ALL_SPOKEN_FOR);
    }
    await clock.wait(Math.ceil(aheadMs), signal);
    waited = 'long';
  }
  return waited;
}

/** Space between requests, and how far behind the present the next slot may lie. */
function paceOf(requests: number, windowMs: number): { spacingMs: number; catchUpMs: number } {
  const catchUp = Math.floor(requests * CATCH_UP_SHARE);
  const spacingMs = (windowMs * (1 + DELIVERY_SHARE)) / (requests - catchUp);
  return { spacingMs, catchUpMs: catchUp * spacingMs };
}

/** Hands out instants, reserving as many in one statement as requests wait for one. */
function slotSource(db: Db, pace: { key: string; spacingMs: number; catchUpMs: number }, clock: BudgetClock): () => Promise<Slot> {
  const waiting: Waiter[] = [];
  let nextMs = 0;
  /** Slots that nobody would wait for are not reserved: as many at once as lie near. */
  const chunk = (): number => {
    const nowMs = clock.now().getTime();
    const nearMs = nowMs + PACE_WAIT_MAX_MS - Math.max(nowMs, nextMs);
    return Math.max(1, Math.min(CHUNK_MAX, Math.floor(nearMs / pace.spacingMs)));
  };
  let isPumping = false;
  const pump = async (): Promise<void> => {
    isPumping = true;
    // Requests that ask in the same turn share a reservation.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, chunk());
      try {
        const first = await reserve(db, { ...pace, count: batch.length, nowMs: clock.now().getTime() });
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

interface Reservation {
  readonly key: string;
  readonly count: number;
  readonly nowMs: number;
  readonly spacingMs: number;
  readonly catchUpMs: number;
}

/**
 * The first of `count` consecutive slots, which nobody else gets. Takes none when the next one is too far off, and none seriously that is further off than
 * all that could be waiting: then a clock was set back.
 */
async function reserve(db: Db, r: Reservation): Promise<Slot> {
  const spanMs = r.count * r.spacingMs;
  const earliestMs = r.nowMs - r.catchUpMs;
  const lastMs = r.nowMs + PACE_WAIT_MAX_MS;
  const impossibleMs = lastMs + 2 * CHUNK_MAX * r.spacingMs;
  const next = sql`greatest(case when bucket.arrival_ms > ${impossibleMs}::float8 then ${earliestMs}::float8 else bucket.arrival_ms end, ${earliestMs}::float8)`;
  const reserved = await db.execute<{ arrival_ms: number; until_ms: number | null; why: string | null }>(sql`
    insert into rate_buckets as bucket (key, arrival_ms) values (${r.key}, ${earliestMs}::float8 + ${spanMs}::float8)
    on conflict (key) do update set arrival_ms = greatest(${next}, extract(epoch from bucket.limited_until) * 1000) + ${spanMs}::float8
    where ${next} <= ${lastMs}::float8
    returning arrival_ms, (extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why`);
  const [row] = reserved.rows;
  if (!row) throw tooLong(PACE_WAIT_MAX_MS, ALL_SPOKEN_FOR);
  return { atMs: row.arrival_ms - spanMs, block: { untilMs: row.until_ms ?? 0, why: row.why ?? '' } };
}
