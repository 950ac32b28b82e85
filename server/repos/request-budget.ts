import { AppError } from '#shared/errors.ts';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { setTimeout as sleep } from 'node:timers/promises';

interface BudgetLimits {
  /** Names the budget in the database; processes that use the same name share it. */
  readonly key: string;
  /** Requests in any rolling window; undefined when nobody counts and only the vendor's own word stops us. */
  readonly requests: number | undefined;
  readonly windowMs: number;
}

/** Injected time, so that a test of an hour takes a second. `wait` may return early; it rejects when the signal fires. */
export interface BudgetClock {
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Waiter {
  readonly grant: (slotMs: number) => void;
  readonly refuse: (error: unknown) => void;
}

/** A request arrives at the vendor up to this share of the window after its slot without breaking the vendor's count. */
const DELIVERY_SHARE = 0.01;
/** Unused slots that may be caught up with at once; they make good what timers and round trips lose. */
const CATCH_UP_SHARE = 0.01;
/** Slots reserved in one round trip, when as many requests wait. */
const CHUNK_MAX = 20;
/** How long a process may go on not knowing that another one was told to stop. */
const BLOCK_CHECK_MS = 500;
/** Longer waits are the queue's business: the job is put off instead of holding a worker. */
const WAIT_MAX_MS = 60_000;

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
        if (!nextSlot) return;
        const slotMs = await nextSlot();
        for (let aheadMs = slotMs - clock.now().getTime(); aheadMs > 0; aheadMs = slotMs - clock.now().getTime())
          await clock.wait(Math.ceil(aheadMs), signal);
        // Told to stop while waiting: the slot is lost, and a new one comes after the block.
        if (!(await block.isOn())) return;
      }
    },
    block: block.begin,
  };
}

/** Space between requests, and how far behind the present the next slot may lie. */
function paceOf(requests: number, windowMs: number): { spacingMs: number; catchUpMs: number } {
  const catchUp = Math.floor(requests * CATCH_UP_SHARE);
  const spacingMs = (windowMs * (1 + DELIVERY_SHARE)) / (requests - catchUp);
  return { spacingMs, catchUpMs: catchUp * spacingMs };
}

/** Hands out instants, reserving as many in one statement as requests wait for one. */
function slotSource(db: Db, pace: { key: string; spacingMs: number; catchUpMs: number }, clock: BudgetClock): () => Promise<number> {
  const waiting: Waiter[] = [];
  let isPumping = false;
  const pump = async (): Promise<void> => {
    isPumping = true;
    // Requests that ask in the same turn share a reservation.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, CHUNK_MAX);
      try {
        const firstMs = await reserve(db, { ...pace, count: batch.length, nowMs: clock.now().getTime() });
        for (const [index, waiter] of batch.entries()) waiter.grant(firstMs + index * pace.spacingMs);
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

/** The first of `count` consecutive slots, which nobody else gets. */
async function reserve(db: Db, r: Reservation): Promise<number> {
  const spanMs = r.count * r.spacingMs;
  const earliestMs = r.nowMs - r.catchUpMs;
  const reserved = await db.execute<{ arrival_ms: number }>(sql`
    insert into rate_buckets as bucket (key, arrival_ms) values (${r.key}, ${earliestMs}::float8 + ${spanMs}::float8)
    on conflict (key) do update set arrival_ms =
      greatest(bucket.arrival_ms, ${earliestMs}::float8, extract(epoch from bucket.limited_until) * 1000) + ${spanMs}::float8
    returning arrival_ms`);
  const [row] = reserved.rows;
  if (!row) throw new Error(`No slot was reserved in ${r.key}.`);
  return row.arrival_ms - spanMs;
}

interface Block {
  readonly untilMs: number;
  readonly why: string;
}

/** The vendor's word to stop, known at once in this process and within BLOCK_CHECK_MS in every other. */
function watchBlock(db: Db, key: string, clock: BudgetClock) {
  let known: Block = { untilMs: 0, why: '' };
  let checkedMs = -Infinity;
  let checking: Promise<void> | undefined;
  const check = async (): Promise<void> => {
    const found = await db.execute<{ until_ms: number; why: string | null }>(sql`
      select (extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why from rate_buckets where key = ${key} and limited_until is not null`);
    const [row] = found.rows;
    if (row && row.until_ms > known.untilMs) known = { untilMs: row.until_ms, why: row.why ?? '' };
    checkedMs = clock.now().getTime();
  };
  const isOn = async (): Promise<boolean> => {
    if (clock.now().getTime() - checkedMs >= BLOCK_CHECK_MS) {
      checking ??= check().finally(() => (checking = undefined));
      await checking;
    }
    return known.untilMs > clock.now().getTime();
  };
  return {
    isOn,
    wait: async (signal: AbortSignal): Promise<void> => {
      signal.throwIfAborted();
      while (await isOn()) {
        const leftMs = known.untilMs - clock.now().getTime();
        if (leftMs > WAIT_MAX_MS) throw tooLong(leftMs, known.why);
        if (leftMs > 0) await clock.wait(Math.ceil(leftMs), signal);
      }
    },
    begin: async (until: Date, why: string): Promise<void> => {
      const untilMs = until.getTime();
      if (Number.isNaN(untilMs)) throw new TypeError('A block needs an instant to end at.');
      if (untilMs > known.untilMs) known = { untilMs, why };
      await db.execute(sql`
        insert into rate_buckets as bucket (key, arrival_ms, limited_until, limited_why) values (${key}, 0, ${until.toISOString()}::timestamptz, ${why})
        on conflict (key) do update set limited_until = excluded.limited_until, limited_why = excluded.limited_why
        where bucket.limited_until is null or bucket.limited_until < excluded.limited_until`);
    },
  };
}

function tooLong(leftMs: number, why: string): AppError {
  return new AppError('rate_limited', {
    message: `The vendor asked us to wait: ${why}`,
    remedy: 'Nothing to do; work goes on by itself afterwards.',
    retryAfterMs: leftMs,
  });
}
