import { workerHeartbeats } from '#drizzle/schema/index.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

interface WorkerPool {
  readonly poolId: string;
  /** One id per process, so that all pools of a process are seen to die together. */
  readonly bootId: string;
  readonly processId: number;
}

/** A dead pool's row stays this long: a job fetch in progress on the server may still lock jobs for it after its death. */
const REMEMBER_DEAD = '1 day';

/** Seconds since the last heartbeat of any worker; null when none is expected: none ever ran, or the last one stopped cleanly. */
export async function findWorkerSilence(db: Db): Promise<number | null> {
  const found = await db.execute<{ seconds: number | null }>(
    sql`select extract(epoch from now() - max(seen_at))::float8 as seconds from worker_heartbeats`,
  );
  return found.rows[0]?.seconds ?? null;
}

/** Records a heartbeat of a pool by the database's clock, which all processes share. */
export async function markPoolAlive(db: Db, pool: WorkerPool): Promise<void> {
  const values = { ...pool, startedAt: sql`now()`, seenAt: sql`now()` };
  await db
    .insert(workerHeartbeats)
    .values(values)
    .onConflictDoUpdate({ target: workerHeartbeats.poolId, set: { seenAt: sql`now()` } });
}

/** The time of the database's clock. */
export async function findDatabaseTime(db: Db): Promise<Date> {
  const found = await db.execute<{ now: string }>(sql`select now() as now`);
  return new Date(found.rows[0]?.now ?? Number.NaN);
}

/** Deletes a stopped pool. One that still holds a job, because the database was unreachable at its end, stays until it is swept. */
export async function deletePool(db: Db, poolId: string): Promise<void> {
  await db.execute(sql`
    delete from worker_heartbeats where pool_id = ${poolId}
      and not exists (select 1 from graphile_worker._private_jobs where locked_by = ${poolId})
      and not exists (select 1 from graphile_worker._private_job_queues where locked_by = ${poolId})`);
}

/** Longer than Postgres needs to end a session; a session left after that loses its locks anyway. */
const END_SESSION_MS = 5_000;

/**
 * Ends the database sessions of processes whose pools are all dead. A process that was only suspended finds them closed when it resumes: it holds no
 * advisory lock and can commit nothing while its successor works.
 */
async function endSessions(db: Db, dead: readonly string[], silence: SQL): Promise<void> {
  const deadPools = sql`${sql.param(dead)}::text[]`;
  await db.execute(sql`
    select pg_terminate_backend(a.pid, ${END_SESSION_MS})
    from (select distinct boot_id from worker_heartbeats where pool_id = any(${deadPools})) b
    join pg_stat_activity a on a.datname = current_database() and a.pid <> pg_backend_pid() and a.application_name like 'segue%' || b.boot_id
    where not exists (
      select 1 from worker_heartbeats h where h.boot_id = b.boot_id and h.seen_at > now() - ${silence} and h.pool_id <> all(${deadPools}))`);
}

/** A pool that holds a job or a queue lock. */
export interface LockHolder {
  readonly poolId: string;
  /** Its last heartbeat, as the database formats it; null when it never sent one. */
  readonly seenAt: string | null;
  /** Seconds since then by the database's clock; without a heartbeat, since it took its lock. Negative when that clock was set back. */
  readonly silentSeconds: number;
}

/**
 * Releases jobs and queues locked by a pool that was silent for `silentSeconds`, or that never sent a heartbeat and has held them that long. With 0,
 * everything that no pool seen at this instant holds. `judge` may override the decision. Returns the pools that lost their locks. Must be repeated:
 * once is not enough.
 */
export async function unlockDeadPools(
  db: Db,
  silentSeconds: number,
  judge = (holders: readonly LockHolder[]) => holders.filter(({ silentSeconds: silentS }) => silentS >= silentSeconds),
): Promise<string[]> {
  const found = await db.execute<{ pool_id: string; seen_at: string | null; silent_s: number }>(sql`
    with locks as (
      select locked_by as pool_id, locked_at from graphile_worker._private_jobs where locked_by is not null
      union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
    )
    select l.pool_id, max(h.seen_at)::text as seen_at, extract(epoch from now() - coalesce(max(h.seen_at), min(l.locked_at)))::float8 as silent_s
    from locks l left join worker_heartbeats h using (pool_id) group by l.pool_id`);
  const holders = found.rows.map((row): LockHolder => ({ poolId: row.pool_id, seenAt: row.seen_at, silentSeconds: row.silent_s }));
  const dead = judge(holders).map(({ poolId }) => poolId);
  if (dead.length > 0) {
    await endSessions(db, dead, sql`make_interval(secs => ${silentSeconds})`);
    await db.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(dead)}::text[])`);
  }
  await db.execute(sql`delete from worker_heartbeats where seen_at < now() - ${REMEMBER_DEAD}::interval`);
  return dead;
}
