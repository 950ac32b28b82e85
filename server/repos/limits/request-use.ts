import { rateLimitEvents, requestUse } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { lt, sql } from 'drizzle-orm';

interface HourCount {
  readonly bucket: string;
  /** Start of the hour, epoch milliseconds. */
  readonly hourMs: number;
  readonly requests: number;
}

/** Adds to the request counts of several buckets and hours in one statement. */
export async function addRequestUse(db: Db, rows: readonly HourCount[]): Promise<void> {
  const sorted = rows.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1));
  await db.execute(sql`
    insert into request_use as use (bucket, hour, requests)
    select bucket, to_timestamp(hour_ms / 1000), requests
    from unnest(${sql.param(sorted.map((row) => row.bucket))}::text[], ${sql.param(sorted.map((row) => row.hourMs))}::float8[], ${sql.param(sorted.map((row) => row.requests))}::int[])
      as counted(bucket, hour_ms, requests)
    on conflict (bucket, hour) do update set requests = use.requests + excluded.requests`);
}

/** Deletes request counts and rate limit events from before `before`. */
export async function deleteRequestUseBefore(db: Db, before: Date): Promise<void> {
  await db.delete(requestUse).where(lt(requestUse.hour, before));
  await db.delete(rateLimitEvents).where(lt(rateLimitEvents.at, before));
}

export interface HourlyUse {
  readonly bucket: string;
  readonly hour: Date;
  readonly requests: number;
}

/** Requests by bucket and hour since an instant, oldest first. Hours without a request have no row. */
export async function listRequestUse(db: Db, since: Date): Promise<readonly HourlyUse[]> {
  const found = await db.execute<{ bucket: string; hour: string; requests: number }>(sql`
    select bucket, hour::text as hour, requests from request_use where hour >= ${since.toISOString()}::timestamptz order by hour, bucket`);
  return found.rows.map(({ bucket, hour, requests }) => ({ bucket, hour: new Date(hour), requests }));
}
