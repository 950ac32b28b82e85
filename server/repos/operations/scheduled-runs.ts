import { jobRuns, taskSettings, timetableTicks } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { desc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type ScheduledRunRow = typeof timetableTicks.$inferSelect;

interface RunClaim {
  readonly task: JobName;
  readonly tick: Date;
  /** The job that claims it. */
  readonly queueJobId: number;
  readonly at: Date;
  readonly how: 'ran' | 'caught_up';
}

/**
 * Claims a scheduled run for one job across all processes, in one statement. Returns its status (`paused` when the task is paused), or undefined when
 * another job has it. A retry of the same job gets the same answer. A run recorded as missed while the clock was wrong can still be claimed.
 *
 * States: (none) → ran | caught_up | paused | missed; missed → any of them when claimed.
 */
export async function claimScheduledRun(db: Db, claim: RunClaim): Promise<ScheduledRunRow['how'] | undefined> {
  const paused = sql`case when exists (select 1 from ${taskSettings} where task = ${claim.task} and paused_at is not null) then 'paused' else ${claim.how} end`;
  const claimed = await db
    .insert(timetableTicks)
    .values({ task: claim.task, tick: claim.tick, claimedAt: claim.at, queueJobId: claim.queueJobId, how: paused })
    .onConflictDoUpdate({
      target: [timetableTicks.task, timetableTicks.tick],
      set: {
        queueJobId: claim.queueJobId,
        how: sql`case when ${timetableTicks.how} = 'missed' then excluded.how else ${timetableTicks.how} end`,
        claimedAt: sql`case when ${timetableTicks.how} = 'missed' then excluded.claimed_at else ${timetableTicks.claimedAt} end`,
      },
      setWhere: sql`${timetableTicks.queueJobId} = ${claim.queueJobId} or ${timetableTicks.how} = 'missed'`,
    })
    .returning({ how: timetableTicks.how });
  return claimed[0]?.how;
}

/**
 * Records scheduled runs that will never run: as missed, or as paused if the task was paused by then. Existing records stay. Returns the newly missed
 * ones.
 */
export async function insertMissedRuns(
  db: Db,
  runs: readonly { readonly task: JobName; readonly tick: Date }[],
  at: Date,
): Promise<ScheduledRunRow[]> {
  if (runs.length === 0) return [];
  const values = runs.map(({ task, tick }) => ({
    task,
    tick,
    claimedAt: at,
    how: sql<ScheduledRunRow['how']>`case when exists (
      select 1 from ${taskSettings} where task = ${task} and paused_at <= ${tick.toISOString()}::timestamptz) then 'paused' else 'missed' end`,
  }));
  const inserted = await db.insert(timetableTicks).values(values).onConflictDoNothing().returning();
  return inserted.filter(({ how }) => how === 'missed');
}

/** Records a scheduled run as missed, because its day ended before its job ran; also when the job started and did not finish. */
export async function markRunMissed(db: Db, { task, tick, queueJobId, at }: Omit<RunClaim, 'how'>): Promise<void> {
  await db
    .insert(timetableTicks)
    .values({ task, tick, claimedAt: at, queueJobId, how: 'missed' })
    .onConflictDoUpdate({
      target: [timetableTicks.task, timetableTicks.tick],
      set: { how: 'missed' },
      setWhere: sql`${timetableTicks.queueJobId} = ${queueJobId} and ${timetableTicks.how} <> 'paused'
        and not exists (select 1 from ${jobRuns} r where r.id = ${timetableTicks.runId} and r.status = 'done')`,
    });
}

/** Since when each task is in the schedule: earlier runs are nobody's to catch up. */
export async function listScheduleStarts(db: Db): Promise<ReadonlyMap<string, Date>> {
  const found = await db.execute<{ task: string; since: string }>(
    sql`select identifier as task, known_since as since from graphile_worker._private_known_crontabs`,
  );
  return new Map(found.rows.map(({ task, since }) => [task, new Date(since)]));
}

/**
 * Resets the queue's record of future scheduled runs, left by a worker whose clock was ahead. The queue adds no run before the newest one it knows,
 * so it would stay idle until that time; after the reset it knows of none today and backfills at its start. A worker may always be slightly ahead (2
 * minutes).
 */
export async function resetFutureRuns(db: Db): Promise<void> {
  await db.execute(sql`
    update graphile_worker._private_known_crontabs
    set known_since = least(known_since, now()), last_execution = least(last_execution, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC')
    where greatest(known_since, last_execution) > now() + interval '2 minutes'`);
}

/** Scheduled runs since an instant, newest first. */
export async function listScheduledRuns(db: Db, since: Date): Promise<ScheduledRunRow[]> {
  return db.select().from(timetableTicks).where(gte(timetableTicks.tick, since)).orderBy(desc(timetableTicks.tick));
}

/** The first recorded scheduled run of a task. */
export async function findFirstScheduledRun(db: Db, task: JobName): Promise<Date | undefined> {
  const found = await db
    .select({ tick: sql<Date | null>`min(${timetableTicks.tick})`.mapWith(timetableTicks.tick) })
    .from(timetableTicks)
    .where(eq(timetableTicks.task, task));
  return found[0]?.tick ?? undefined;
}

/** Links a scheduled run to its job run. */
export async function linkScheduledRun(db: Db, queueJobId: number, runId: ScheduledRunRow['runId']): Promise<void> {
  await db.update(timetableTicks).set({ runId }).where(eq(timetableTicks.queueJobId, queueJobId));
}
