import { jobRuns } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import type { JobRunId } from '#shared/ids.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type JobRunRow = typeof jobRuns.$inferSelect;

interface NewRun {
  readonly id: JobRunId;
  readonly task: JobName;
  readonly trigger: string;
  readonly at: Date;
  /** The job that runs it, if any. */
  readonly job?: { readonly payload: object; readonly queueJobId: number; readonly attempt: number } | undefined;
}

/** Starts a run. A run of the same task that a crash left running is closed first, so that exactly one is running. */
export async function insertRun(db: Db, run: NewRun): Promise<void> {
  await db
    .update(jobRuns)
    .set({ status: 'failed', outcome: 'Interrupted. A new run continues it.', finishedAt: run.at, changedAt: run.at })
    .where(and(eq(jobRuns.task, run.task), eq(jobRuns.status, 'running')));
  await db.insert(jobRuns).values({
    id: run.id,
    task: run.task,
    trigger: run.trigger,
    status: 'running',
    createdAt: run.at,
    startedAt: run.at,
    changedAt: run.at,
    payload: run.job?.payload,
    queueJobId: run.job?.queueJobId,
    attempt: run.job?.attempt,
  });
}

export type RunChange = Partial<
  Pick<JobRunRow, 'doing' | 'done' | 'total' | 'failures' | 'outcome' | 'remedy' | 'finishedAt' | 'errorCode' | 'retryAt'>
> & {
  status?: JobRunStatus;
};

export async function updateRun(db: Db, id: JobRunId, change: RunChange & { changedAt: Date }): Promise<void> {
  await db.update(jobRuns).set(change).where(eq(jobRuns.id, id));
}

export async function findRun(db: Db, id: JobRunId): Promise<JobRunRow | undefined> {
  return (await db.select().from(jobRuns).where(eq(jobRuns.id, id)))[0];
}

/** Requests cancellation of a running run; undefined when it is not running. The time of the first request is kept. */
export async function markRunCanceled(db: Db, id: JobRunId, at: Date): Promise<JobRunRow | undefined> {
  const changed = await db
    .update(jobRuns)
    .set({ cancelRequestedAt: sql`coalesce(${jobRuns.cancelRequestedAt}, ${at.toISOString()}::timestamptz)`, changedAt: at })
    .where(and(eq(jobRuns.id, id), eq(jobRuns.status, 'running')))
    .returning();
  return changed[0];
}

/** Whether cancellation of the run was requested. */
export async function isRunCanceled(db: Db, id: JobRunId): Promise<boolean> {
  const found = await db.select({ at: jobRuns.cancelRequestedAt }).from(jobRuns).where(eq(jobRuns.id, id));
  return found[0]?.at != null;
}

/**
 * Marks runs as failed whose job is no longer running: their worker died, and no other attempt has closed them. Runs that the queue still shows as
 * running, and those without a job, stay.
 */
export async function closeOrphanedRuns(db: Db, at: Date): Promise<JobRunRow[]> {
  return db
    .update(jobRuns)
    .set({
      status: 'failed',
      doing: null,
      outcome: 'Its worker crashed during the run.',
      remedy: sql`case when exists (select 1 from graphile_worker._private_jobs j where j.id = ${jobRuns.queueJobId} and j.attempts < j.max_attempts)
        then ${RETRIED_AUTOMATICALLY} else 'This was the last attempt. Run it again; completed work is kept.' end`,
      finishedAt: at,
      changedAt: at,
    })
    .where(
      and(
        eq(jobRuns.status, 'running'),
        sql`${jobRuns.queueJobId} is not null`,
        sql`not exists (select 1 from graphile_worker._private_jobs j where j.id = ${jobRuns.queueJobId} and j.locked_by is not null)`,
      ),
    )
    .returning();
}

/** The newest run of every task. */
export async function listNewestRuns(db: Db): Promise<JobRunRow[]> {
  return db.selectDistinctOn([jobRuns.task]).from(jobRuns).orderBy(jobRuns.task, desc(jobRuns.createdAt));
}

/** Newest first. */
export async function listRuns(db: Db, limit: number): Promise<JobRunRow[]> {
  return db.select().from(jobRuns).orderBy(desc(jobRuns.createdAt)).limit(limit);
}

/** For each task the run that represents the day: the newest that did something, else the newest. */
export async function listRunsOfDay(db: Db, day: string): Promise<JobRunRow[]> {
  return db
    .selectDistinctOn([jobRuns.task])
    .from(jobRuns)
    .where(sql`${jobRuns.createdAt} >= ${day}::date and ${jobRuns.createdAt} < ${day}::date + 1`)
    .orderBy(
      jobRuns.task,
      sql`${jobRuns.status} = 'running' desc`,
      sql`${jobRuns.done} > 0 or ${jobRuns.status} <> 'done' desc`,
      desc(jobRuns.createdAt),
    );
}
