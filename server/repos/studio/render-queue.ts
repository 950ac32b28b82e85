import type { Db } from '#server/repos/database.ts';
import { renderId } from '#shared/ids.ts';
import type { RenderId } from '#shared/ids.ts';
import type { StudioVendor } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';

/**
 * The line of renders at each vendor.
 *
 * States: in line (no `admitted_at`) → admitted (holds one of the vendor's places, has a job) → finished (the place is free). A place that becomes free
 * goes to the next in line in the transaction that frees it, so no render waits while a place is free.
 */

/** Held until the transaction ends: places are counted and given away by one transaction at a time. Take it before any row is changed. */
export async function lockAdmission(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended('segue.renders.admission', 0))`);
}

/**
 * Gives a free place to the next render in line, and returns it; undefined when there is no free place or nobody may take it. Next is the oldest render of
 * the person with the fewest places, and among those of the person who got one longest ago. Call it under `lockAdmission`.
 */
export async function admitNextRender(
  db: Db,
  { vendor, places, placesPerPerson, at }: { vendor: StudioVendor; places: number; placesPerPerson: number; at: Date },
): Promise<RenderId | undefined> {
  const admitted = await db.execute<{ id: string }>(sql`
    with held as (
      select user_id, count(*) as places from renders where vendor = ${vendor} and admitted_at is not null and finished_at is null
        and state in ('queued', 'sending', 'waiting', 'storing') group by user_id),
    first as (
      select distinct on (user_id) id, user_id, created_at from renders
      where vendor = ${vendor} and state = 'queued' and admitted_at is null order by user_id, created_at, id),
    ranked as (
      select first.id, first.created_at, coalesce(held.places, 0) as places,
        case when first.user_id is null
          then (select max(admitted_at) from renders s where s.vendor = ${vendor} and s.user_id is null and s.admitted_at is not null)
          else (select max(admitted_at) from renders s where s.vendor = ${vendor} and s.user_id = first.user_id and s.admitted_at is not null)
        end as served_at
      from first left join held on held.user_id is not distinct from first.user_id)
    update renders set admitted_at = ${at.toISOString()}::timestamptz, changed_at = ${at.toISOString()}::timestamptz
    where (select coalesce(sum(places), 0) from held) < ${places}
      and id = (select id from ranked where places < ${placesPerPerson} order by places, served_at nulls first, created_at, id limit 1)
    returning id`);
  const id = admitted.rows[0]?.id;
  return id === undefined ? undefined : renderId.parse(id);
}

/** Admitted renders that no job works on or will work on: their job was lost or used up its attempts. */
export async function listStrandedRenders(db: Db): Promise<RenderId[]> {
  const found = await db.execute<{ id: string }>(sql`
    select r.id from renders r
    where r.state in ('queued', 'sending', 'waiting', 'storing') and r.admitted_at is not null
      and not exists (
        select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'run-render' and j.payload->>'renderId' = r.id::text and (j.locked_at is not null or j.attempts < j.max_attempts))`);
  return found.rows.map((row) => renderId.parse(row.id));
}
