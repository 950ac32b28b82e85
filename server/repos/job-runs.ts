import { jobRuns } from '#drizzle/schema/index.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { JobRunId } from '#shared/ids.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

export type JobRunRow = typeof jobRuns.$inferSelect;

interface NewRun {
  readonly id: JobRunId;
  readonly task: JobName;
  readonly trigger: string;
  readonly at: Date;
}

/** Begins a run; a run of the same task that a crash left running is closed first, so exactly one is running. */
export async function insertRun(db: Db, run: NewRun): Promise<void> {
  await db
    .update(jobRuns)
    .set({ status: 'failed', outcome: 'Stopped without finishing; taken up again.', finishedAt: run.at, changedAt: run.at })
    .where(and(eq(jobRuns.task, run.task), eq(jobRuns.status, 'running')));
  await db
    .insert(jobRuns)
    .values({ id: run.id, task: run.task, trigger: run.trigger, status: 'running', createdAt: run.at, startedAt: run.at, changedAt: run.at });
}

export type RunChange = Partial<Pick<JobRunRow, 'doing' | 'done' | 'total' | 'failures' | 'outcome' | 'remedy' | 'finishedAt'>> & {
  status?: JobRunStatus;
};

export async function updateRun(db: Db, id: JobRunId, change: RunChange & { changedAt: Date }): Promise<void> {
  await db.update(jobRuns).set(change).where(eq(jobRuns.id, id));
}

export async function findRun(db: Db, id: JobRunId): Promise<JobRunRow | undefined> {
  return (await db.select().from(jobRuns).where(eq(jobRuns.id, id)))[0];
}

/** Newest first. */
export async function listRuns(db: Db, limit: number): Promise<JobRunRow[]> {
  return db.select().from(jobRuns).orderBy(desc(jobRuns.createdAt)).limit(limit);
}

/** For each task the run that speaks for the day: the newest that did something, else the newest. */
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
