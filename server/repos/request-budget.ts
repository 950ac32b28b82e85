import { rateBuckets } from '#drizzle/schema/index.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { gt, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
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

/** Injected time, so that a test of an hour takes a second. `wait` may return early; it rejects when the signal fires. */
export interface BudgetClock {
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
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
/** How long a process whose budget is not counted may go on not knowing that another one was told to stop; a counted one always knows. */
const BLOCK_CHECK_MS = 500;
/** Longer waits are the queue's business: the job is put off instead of holding a worker. */
const WAIT_MAX_MS = 60_000;
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
        if (slot && (await waitFor(slot.atMs, clock, signal)) && (await block.isOn(0))) continue;
        limits.use?.note(limits.key);
        return;
      }
    },
    block: block.begin,
  };
}

/** True when there was something to wait for, so that what is known may be old. Throws when it is too long to hold a worker for. */
async function waitFor(atMs: number, clock: BudgetClock, signal: AbortSignal): Promise<boolean> {
  let hasWaited = false;
  for (let aheadMs = atMs - clock.now().getTime(); aheadMs > 0; aheadMs = atMs - clock.now().getTime()) {
    if (aheadMs > PACE_WAIT_MAX_MS) throw tooLong(aheadMs, ALL_SPOKEN_FOR);
    await clock.wait(Math.ceil(aheadMs), signal);
    hasWaited = true;
  }
  return hasWaited;
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

interface Block {
  readonly untilMs: number;
  readonly why: string;
}

/** The vendor's word to stop, known at once in this process, and in every other with its next slot or within BLOCK_CHECK_MS. */
function watchBlock(db: Db, key: string, clock: BudgetClock) {
  let known: Block = { untilMs: 0, why: '' };
  let checkedMs = -Infinity;
  let checking: Promise<void> | undefined;
  const learn = (block: Block): boolean => {
    if (block.untilMs > known.untilMs) known = block;
    checkedMs = clock.now().getTime();
    return known.untilMs > checkedMs;
  };
  const check = async (): Promise<void> => {
    const found = await db.execute<{ until_ms: number; why: string | null }>(sql`
      select (extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why from rate_buckets where key = ${key} and limited_until is not null`);
    const [row] = found.rows;
    learn({ untilMs: row?.until_ms ?? 0, why: row?.why ?? '' });
  };
  const isOn = async (ageMaxMs = BLOCK_CHECK_MS): Promise<boolean> => {
    // A clock that was set back must not keep an old look.
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
        if (leftMs > WAIT_MAX_MS) throw tooLong(leftMs, known.why);
        if (leftMs > 0) await clock.wait(Math.ceil(leftMs), signal);
      }
    },
    begin: async (until: Date, why: string, accountId?: AccountId): Promise<void> => {
      const untilMs = until.getTime();
      if (Number.isNaN(untilMs)) throw new TypeError('A block needs an instant to end at.');
      if (untilMs > known.untilMs) known = { untilMs, why };
      await writeBlock(db, { key, at: clock.now(), until, why, accountId });
    },
  };
}

interface BlockToWrite {
  readonly key: string;
  readonly at: Date;
  readonly until: Date;
  readonly why: string;
  readonly accountId: AccountId | undefined;
}

/** Blocks the bucket and remembers the event, in one statement. A shorter block never shortens a longer one. */
async function writeBlock(db: Db, { key, at, until, why, accountId }: BlockToWrite): Promise<void> {
  const untilText = until.toISOString();
  await db.execute(sql`
    with event as (
      insert into rate_limit_events (bucket, account_id, at, until, why)
      values (${key}, ${accountId ?? null}::uuid, ${at.toISOString()}::timestamptz, ${untilText}::timestamptz, ${why}))
    insert into rate_buckets as bucket (key, arrival_ms, limited_until, limited_why) values (${key}, 0, ${untilText}::timestamptz, ${why})
    on conflict (key) do update set limited_until = excluded.limited_until, limited_why = excluded.limited_why
    where bucket.limited_until is null or bucket.limited_until < excluded.limited_until`);
}

function tooLong(leftMs: number, why: string): AppError {
  return new AppError('rate_limited', {
    message: `The vendor asked us to wait: ${why}`,
    remedy: 'Nothing to do; work goes on by itself afterwards.',
    retryAfterMs: leftMs,
    context: { kind: 'HeldBack' },
  });
}

/** Buckets that a vendor told to stop, with until when and why. */
export async function listBlocks(db: Db, now: Date): Promise<readonly { key: string; until: Date; why: string }[]> {
  const rows = await db.select().from(rateBuckets).where(gt(rateBuckets.limitedUntil, now));
  return rows.flatMap(({ key, limitedUntil, limitedWhy }) => (limitedUntil ? [{ key, until: limitedUntil, why: limitedWhy ?? '' }] : []));
}
