import { rateBuckets } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import { and, eq, like, lt, sql } from 'drizzle-orm';

/** The keys of visitors' buckets begin with it; vendors' buckets are named after the vendor. */
const PREFIX = 'visitor ';

interface Visits {
  readonly key: string;
  readonly count: number;
  readonly nowMs: number;
  readonly spacingMs: number;
  /** How far the bucket's arrival time may lie ahead of now. */
  readonly windowMs: number;
}

/**
 * Counts visits of one sender (GCRA, the generic cell rate algorithm). Returns how far the bucket's arrival time then lies ahead of now, and whether the
 * visits fit; ones that do not fit are not counted.
 */
export async function takeVisits(db: Db, v: Visits): Promise<{ readonly aheadMs: number; readonly isGranted: boolean }> {
  const key = `${PREFIX}${v.key}`;
  const spanMs = v.count * v.spacingMs;
  // An arrival time beyond the window can only come from a clock that was set back.
  const from = sql`greatest(case when bucket.arrival_ms > ${v.nowMs + v.windowMs}::float8 then ${v.nowMs}::float8 else bucket.arrival_ms end, ${v.nowMs}::float8)`;
  const granted = await db.execute<{ arrival_ms: number }>(sql`
    insert into rate_buckets as bucket (key, arrival_ms) values (${key}, ${v.nowMs + spanMs}::float8)
    on conflict (key) do update set arrival_ms = ${from} + ${spanMs}::float8
    where ${from} + ${spanMs}::float8 <= ${v.nowMs + v.windowMs}::float8
    returning arrival_ms`);
  const [row] = granted.rows;
  if (row) return { aheadMs: row.arrival_ms - v.nowMs, isGranted: true };
  const [bucket] = await db.select({ arrivalMs: rateBuckets.arrivalMs }).from(rateBuckets).where(eq(rateBuckets.key, key));
  return { aheadMs: Math.max(0, (bucket?.arrivalMs ?? v.nowMs) - v.nowMs), isGranted: false };
}

/** Deletes the buckets of visitors that are full again since `beforeMs`. */
export async function deleteVisitsBefore(db: Db, beforeMs: number): Promise<void> {
  await db.delete(rateBuckets).where(and(like(rateBuckets.key, `${PREFIX}%`), lt(rateBuckets.arrivalMs, beforeMs)));
}
