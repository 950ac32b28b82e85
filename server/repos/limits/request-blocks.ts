import { rateBuckets } from '#drizzle/schema/index.ts';
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';
import type { AccountId } from '#shared/ids.ts';
import { gt, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/** A rate limit that the vendor set. `untilMs` is epoch milliseconds, 0 where there is none. */
export interface Block {
  readonly untilMs: number;
  readonly why: string;
}

const BLOCK_COLUMNS = sql`(extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why`;

/** The current block of one bucket. */
export async function readBlock(db: Db, key: string): Promise<Block> {
  return selectBlock(db, sql`select ${BLOCK_COLUMNS} from rate_buckets where key = ${key} and limited_until is not null`);
}

/**
 * Reads the block of one bucket after the clock was set back. A block that was recorded later than now keeps its length but starts now, so that it is
 * not extended by the size of the jump.
 */
export async function pullBackBlock(db: Db, key: string, now: Date): Promise<Block> {
  const at = now.toISOString();
  const tooLate = new Date(now.getTime() + SKEW_MAX_MS).toISOString();
  return selectBlock(
    db,
    sql`with pulled as (
        update rate_buckets set limited_until = limited_until - (limited_at - ${at}::timestamptz), limited_at = ${at}::timestamptz
        where key = ${key} and limited_at > ${tooLate}::timestamptz returning limited_until, limited_why)
      select ${BLOCK_COLUMNS} from pulled
      union all select ${BLOCK_COLUMNS} from rate_buckets where key = ${key} and limited_until is not null and not exists (select 1 from pulled)`,
  );
}

async function selectBlock(db: Db, query: SQL): Promise<Block> {
  const { rows } = await db.execute<{ until_ms: number; why: string | null }>(query);
  const [row] = rows;
  return { untilMs: row?.until_ms ?? 0, why: row?.why ?? '' };
}

interface NewBlock {
  readonly key: string;
  readonly at: Date;
  readonly until: Date;
  readonly why: string;
  readonly accountId: AccountId | undefined;
}

/** Blocks the bucket and records the event in one statement. A shorter block never shortens a longer one. */
export async function writeBlock(db: Db, { key, at, until, why, accountId }: NewBlock): Promise<void> {
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

/** Every bucket that is rate limited at `now`, with its end and reason. */
export async function listBlocks(db: Db, now: Date): Promise<readonly { key: string; until: Date; why: string }[]> {
  const rows = await db.select().from(rateBuckets).where(gt(rateBuckets.limitedUntil, now));
  return rows.flatMap(({ key, limitedUntil, limitedWhy }) => (limitedUntil ? [{ key, until: limitedUntil, why: limitedWhy ?? '' }] : []));
}
