import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** Attempts before a job is reported as given up; a crash costs one, so effects get enough for a bad day. */
const ATTEMPTS_MAX = 8;

interface JobRequest<N extends JobName> {
  readonly payload: JobPayload<N>;
  /** `verb:id`; a waiting job with the same key is replaced, not doubled. */
  readonly key: string;
  readonly runAt?: Date;
  /** Jobs with the same queue name run one after another. */
  readonly queue?: string;
}

type GivenUpRow = {
  id: string;
  task: JobName;
  payload: object;
  attempts: number;
  last_error: string | null;
  told: string | null;
  updated_at: string;
};

export interface QueuedJob {
  readonly id: number;
  readonly task: JobName;
  readonly payload: object;
  readonly attempts: number;
  readonly lastError: string | null;
  /** What its newest run came to, in words; null for work that leaves no run. */
  readonly told: string | null;
  readonly changedAt: Date;
}

/**
 * Jobs that were tried as often as they may be and that nobody holds, newest first. A job whose key went to a newer one is not among them: the newer
 * one does its work.
 */
export async function listGivenUpJobs(db: Db): Promise<QueuedJob[]> {
  const found = await db.execute<GivenUpRow>(sql`
    select j.id, t.identifier as task, j.payload, j.attempts, j.last_error, j.updated_at,
      (select outcome from job_runs r where r.queue_job_id = j.id order by r.created_at desc limit 1) as told
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts >= j.max_attempts and j.locked_at is null and j.key is not null order by j.updated_at desc limit ${GIVEN_UP_SHOWN}`);
  return found.rows.map(({ id, last_error: lastError, updated_at: changedAt, ...job }) => ({
    ...job,
    id: Number(id),
    lastError,
    changedAt: new Date(changedAt),
  }));
}

export interface QueuedWork {
  readonly id: number;
  readonly payload: Readonly<Record<string, unknown>>;
  /** A worker has it. */
  readonly isHeld: boolean;
  /** It was tried as often as it may be. */
  readonly isSpent: boolean;
  /** A worker may take it, by the database's clock. */
  readonly isDue: boolean;
  readonly runAt: Date;
}

/** What the queue has of a task, held or waiting, soonest first. A waiting job whose key went to a newer one is left out. */
export async function listQueuedJobs(db: Db, task: JobName): Promise<QueuedWork[]> {
  const found = await db.execute<{ id: string; payload: QueuedWork['payload']; held: boolean; spent: boolean; due: boolean; run_at: string }>(sql`
    select j.id, j.payload, j.locked_at is not null as held, j.attempts >= j.max_attempts as spent, j.run_at <= now() as due,
      j.run_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${task} and (j.locked_at is not null or j.key is not null) order by j.run_at limit ${GIVEN_UP_SHOWN}`);
  return found.rows.map(({ id, payload, held, spent, due, run_at: runAt }) => ({
    id: Number(id),
    payload,
    isHeld: held,
    isSpent: spent,
    isDue: due,
    runAt: new Date(runAt),
  }));
}

/** Lets a given-up job start over at once with the same payload; false when the queue no longer has it as given up. */
export async function reviveJob(db: Db, id: number): Promise<boolean> {
  const revived = await db.execute(sql`select 1 from graphile_worker.reschedule_jobs(array[${id}]::bigint[], run_at := now(), attempts := 0)`);
  return revived.rows.length > 0;
}

/** Takes a job that nobody holds out of the queue; false when it is not there. */
export async function removeJob(db: Db, id: number): Promise<boolean> {
  return (await db.execute(sql`select 1 from graphile_worker.complete_jobs(array[${id}]::bigint[])`)).rows.length > 0;
}

/** Makes the waiting jobs of a task due at once. */
export async function bringForward(db: Db, task: JobName): Promise<void> {
  await db.execute(sql`
    select graphile_worker.reschedule_jobs(array_agg(j.id), run_at := now())
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${task} and j.locked_at is null and j.attempts < j.max_attempts and j.run_at > now() having count(*) > 0`);
}

/**
 * Adds the job of a tick that is past and that no job knows of; false when one was there, or the tick is settled. Who adds it twice adds it once.
 */
export async function enqueueForgottenTick(db: Db, { task, tick }: { readonly task: JobName; readonly tick: Date }): Promise<boolean> {
  const [ts, key] = [tick.toISOString(), tickKey(task)];
  const added = await db.execute(sql`
    select 1 from graphile_worker.add_job(${task}, ${JSON.stringify({ _cron: { ts, backfilled: true } })}::json, queue_name := ${task},
      max_attempts := ${ATTEMPTS_MAX}, job_key := ${key})
    where not exists (select 1 from timetable_ticks where task = ${task} and tick = ${ts}::timestamptz and how <> 'missed')
      and not exists (select 1 from graphile_worker._private_jobs where key = ${key} and run_at <= now() + interval '1 hour' and attempts < max_attempts)`);
  return added.rows.length > 0;
}

/** The key that jobs/crontab.ts gives to the ticks of a task. */
const tickKey = (task: JobName) => `tick:${task}`;

/** Enough for a page; more than this is one trouble, not many. */
const GIVEN_UP_SHOWN = 100;

/** Adds a job inside the caller's transaction, so that job and row commit together. Throws when the queue dropped the request. */
export async function enqueueJob<N extends JobName>(db: Db, name: N, job: JobRequest<N>): Promise<void> {
  const added = await db.execute<{ id: string | null }>(sql`
    select id from graphile_worker.add_job(${name}, payload := ${JSON.stringify(job.payload)}::json, queue_name := ${job.queue ?? null},
      run_at := ${job.runAt?.toISOString() ?? null}::timestamptz, max_attempts := ${ATTEMPTS_MAX}, job_key := ${job.key})`);
  // Under contention add_job can answer NULL and drop the request (graphile/worker #580).
  if (!added.rows[0]?.id) throw new Error(`The queue did not take ${name} (${job.key}).`);
}
