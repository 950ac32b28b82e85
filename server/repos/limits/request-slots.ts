import type { Db } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';
import type { Block } from './request-blocks.ts';

/** The first of the reserved slots, in epoch milliseconds, and the block of the bucket as of the reservation. */
export interface Slot {
  readonly atMs: number;
  readonly block: Block;
}

interface Reservation {
  readonly key: string;
  readonly count: number;
  readonly nowMs: number;
  readonly spacingMs: number;
  /** How far before `nowMs` the first slot may lie. */
  readonly catchUpMs: number;
  /** A slot later than this is not reserved. */
  readonly lastMs: number;
  /** A stored slot later than this can only come from a clock that was set back; it is ignored. */
  readonly impossibleMs: number;
}

/** Reserves `count` consecutive slots of one bucket for this caller alone; undefined when the next free slot is later than `lastMs`. */
export async function reserveSlots(db: Db, r: Reservation): Promise<Slot | undefined> {
  const spanMs = r.count * r.spacingMs;
  const earliestMs = r.nowMs - r.catchUpMs;
  const next = sql`greatest(case when bucket.arrival_ms > ${r.impossibleMs}::float8 then ${earliestMs}::float8 else bucket.arrival_ms end, ${earliestMs}::float8)`;
  const reserved = await db.execute<{ arrival_ms: number; until_ms: number | null; why: string | null }>(sql`
    insert into rate_buckets as bucket (key, arrival_ms) values (${r.key}, ${earliestMs}::float8 + ${spanMs}::float8)
    on conflict (key) do update set arrival_ms = greatest(${next}, extract(epoch from bucket.limited_until) * 1000) + ${spanMs}::float8
    where ${next} <= ${r.lastMs}::float8
    returning arrival_ms, (extract(epoch from limited_until) * 1000)::float8 as until_ms, limited_why as why`);
  const [row] = reserved.rows;
  return row && { atMs: row.arrival_ms - spanMs, block: { untilMs: row.until_ms ?? 0, why: row.why ?? '' } };
}
