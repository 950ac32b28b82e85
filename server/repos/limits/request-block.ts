import { rateBuckets } from '#drizzle/schema/index.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { gt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';

/** Injected time, so that a test of an hour takes a second. `wait` may return early; it rejects when the signal fires. */
export interface BudgetClock {
  readonly now: () => Date;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How long a process whose budget is not counted may go on not knowing that another one was told to stop; a counted one always knows. */
const BLOCK_CHECK_MS = 500;
/** Longer waits are the queue's business: the job is put off instead of holding a worker. */
const WAIT_MAX_MS = 60_000;

/** The vendor's word to stop; `untilMs` 0 where there is none. */
export interface Block {
  readonly untilMs: number;
  readonly why: string;
}

/** The vendor's word to stop, known at once in this process, and in every other with its next slot or within BLOCK_CHECK_MS. */
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
    const [before, now] = [writes, clock.now()];
    // Only whoever saw its own clock go back, or has not looked yet: another machine's clock may just be wrong.
    const mayPull = checkedMs === -Infinity || checkedMs - now.getTime() > SKEW_MAX_MS;
    const found = await (mayPull ? pullBackBlock(db, key, now) : readBlock(db, key));
    // What was pulled back is less than what was known, but not less than what was written meanwhile.
    if (mayPull && writes === before) known = { untilMs: 0, why: '' };
    learn(found);
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

const BLOCK_COLUMNS = sql`(extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why`;

async function readBlock(db: Db, key: string): Promise<Block> {
  return blockOf(db, sql`select ${BLOCK_COLUMNS} from rate_buckets where key = ${key} and limited_until is not null`);
}

/**
 * After the clock was set back: a stop that was said later than now lasts as long from now as it was to last then, and not for the length of the
 * jump besides.
 */
async function pullBackBlock(db: Db, key: string, now: Date): Promise<Block> {
  const at = now.toISOString();
  const tooLate = new Date(now.getTime() + SKEW_MAX_MS).toISOString();
  return blockOf(
    db,
    sql`with pulled as (
        update rate_buckets set limited_until = limited_until - (limited_at - ${at}::timestamptz), limited_at = ${at}::timestamptz
        where key = ${key} and limited_at > ${tooLate}::timestamptz returning limited_until, limited_why)
      select ${BLOCK_COLUMNS} from pulled
      union all select ${BLOCK_COLUMNS} from rate_buckets where key = ${key} and limited_until is not null and not exists (select 1 from pulled)`,
  );
}

async function blockOf(db: Db, query: SQL): Promise<Block> {
  const found = await db.execute<{ until_ms: number; why: string | null }>(query);
  const [row] = found.rows;
  return { untilMs: row?.until_ms ?? 0, why: row?.why ?? '' };
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
  const [atText, untilText] = [at.toISOString(), until.toISOString()];
  await db.execute(sql`
    with event as (
      insert into rate_limit_events (bucket, account_id, at, until, why)
      values (${key}, ${accountId ?? null}::uuid, ${atText}::timestamptz, ${untilText}::timestamptz, ${why}))
    insert into rate_buckets as bucket (key, arrival_ms, limited_until, limited_why, limited_at)
    values (${key}, 0, ${untilText}::timestamptz, ${why}, ${atText}::timestamptz)
    on conflict (key) do update set limited_until = excluded.limited_until, limited_why = excluded.limited_why, limited_at = excluded.limited_at
    where bucket.limited_until is null or bucket.limited_until < excluded.limited_until`);
}

/** What a request is told whose turn is too far off to hold a worker for. */
export function tooLong(leftMs: number, why: string): AppError {
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
