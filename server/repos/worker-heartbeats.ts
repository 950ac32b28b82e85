import { workerHeartbeats } from '#drizzle/schema/index.ts';
import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

interface WorkerPool {
  readonly poolId: string;
  /** One a process, so that two pools of one process are seen to die together. */
  readonly bootId: string;
  readonly processId: number;
}

/** A dead pool's row stays this long: a job fetch that was under way on the server may lock jobs for it after its death. */
const REMEMBER_DEAD = '1 day';

/** Says that a pool is alive, by the database's clock, which all processes share. */
export async function markPoolAlive(db: Db, pool: WorkerPool): Promise<void> {
  const values = { ...pool, startedAt: sql`now()`, seenAt: sql`now()` };
  await db
    .insert(workerHeartbeats)
    .values(values)
    .onConflictDoUpdate({ target: workerHeartbeats.poolId, set: { seenAt: sql`now()` } });
}

/** A pool that stopped in good order and holds no job. */
export async function deletePool(db: Db, poolId: string): Promise<void> {
  await db.delete(workerHeartbeats).where(eq(workerHeartbeats.poolId, poolId));
}

/**
 * Gives back jobs and queues that are locked by a pool which was silent for `silentSeconds`, or which never spoke and has held them that long.
 * With 0, everything that no pool seen this instant holds. Returns the pools that lost their locks. To be repeated: once is not enough.
 */
export async function unlockDeadPools(db: Db, silentSeconds: number): Promise<string[]> {
  const silence = sql`make_interval(secs => ${silentSeconds})`;
  const found = await db.execute<{ pool_id: string }>(sql`
    with locks as (
      select locked_by as pool_id, locked_at from graphile_worker._private_jobs where locked_by is not null
      union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
    )
    select l.pool_id from locks l left join worker_heartbeats h using (pool_id)
    group by l.pool_id having coalesce(max(h.seen_at), min(l.locked_at)) <= now() - ${silence}`);
  const dead = found.rows.map((row) => row.pool_id);
  if (dead.length > 0) await db.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(dead)}::text[])`);
  await db.execute(sql`delete from worker_heartbeats where seen_at < now() - ${REMEMBER_DEAD}::interval`);
  return dead;
}
