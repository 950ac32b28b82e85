import { rateLimitEvents, requestUse } from '#drizzle/schema/index.ts';
import { lt, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** Requests granted from buckets, by the hour. */
export interface RequestUse {
  note(bucket: string): void;
  /** Writes what was noted and not yet written. */
  flush(): Promise<void>;
}

/**
 * What a process that is killed may forget. Writing every request down by itself would cost as much as asking for it, and nothing decides by these
 * counts: the budget reserves each turn in the database before its request is sent.
 */
const FLUSH_AFTER_MS = 500;
const HOUR_MS = 3_600_000;
/** Long enough to see a season; what is older says nothing about today's budget. */
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Counts requests for the whole process and writes them at most twice a second, all buckets in one statement. */
export function createRequestUse(db: Db, now: () => Date): RequestUse {
  let noted = new Map<string, { bucket: string; hourMs: number; requests: number }>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let sweptHourMs = 0;

  const add = (bucket: string, hourMs: number, requests: number) => {
    const key = `${hourMs} ${bucket}`;
    noted.set(key, { bucket, hourMs, requests: (noted.get(key)?.requests ?? 0) + requests });
  };
  const write = async (): Promise<void> => {
    const rows = [...noted.values()];
    if (rows.length === 0) return;
    noted = new Map();
    try {
      await addUse(db, rows);
    } catch (error) {
      for (const { bucket, hourMs, requests } of rows) add(bucket, hourMs, requests);
      throw error;
    }
    const hourMs = Math.max(...rows.map((row) => row.hourMs));
    if (hourMs <= sweptHourMs) return;
    sweptHourMs = hourMs;
    await sweepLimits(db, new Date(hourMs - KEPT_MS));
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => {}).then(write);
    return writing;
  };
  return {
    note: (bucket) => {
      add(bucket, Math.floor(now().getTime() / HOUR_MS) * HOUR_MS, 1);
      // What could not be written is kept, and goes with the next request's.
      timer ??= setTimeout(() => void flush().catch(() => {}), FLUSH_AFTER_MS).unref();
    },
    flush,
  };
}

async function addUse(db: Db, rows: readonly { bucket: string; hourMs: number; requests: number }[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1));
  await db.execute(sql`
    insert into request_use as use (bucket, hour, requests)
    select bucket, to_timestamp(hour_ms / 1000), requests
    from unnest(${sql.param(sorted.map((row) => row.bucket))}::text[], ${sql.param(sorted.map((row) => row.hourMs))}::float8[], ${sql.param(sorted.map((row) => row.requests))}::int[])
      as said(bucket, hour_ms, requests)
    on conflict (bucket, hour) do update set requests = use.requests + excluded.requests`);
}

/** Forgets counts and refusals from before `before`; once an hour and process is often enough. */
async function sweepLimits(db: Db, before: Date): Promise<void> {
  await db.delete(requestUse).where(lt(requestUse.hour, before));
  await db.delete(rateLimitEvents).where(lt(rateLimitEvents.at, before));
}

export interface UseOfHour {
  readonly bucket: string;
  readonly hour: Date;
  readonly requests: number;
}

/** Requests by bucket and hour since an instant, oldest first. Hours without a request have no row. */
export async function listRequestUse(db: Db, since: Date): Promise<readonly UseOfHour[]> {
  const found = await db.execute<{ bucket: string; hour: string; requests: number }>(sql`
    select bucket, hour::text as hour, requests from request_use where hour >= ${since.toISOString()}::timestamptz order by hour, bucket`);
  return found.rows.map(({ bucket, hour, requests }) => ({ bucket, hour: new Date(hour), requests }));
}
