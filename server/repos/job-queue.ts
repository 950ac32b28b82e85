import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** Attempts before a job counts as failed. A crash costs one, so there are enough for a bad day. */
const ATTEMPTS_MAX = 8;

interface JobRequest<N extends JobName> {
  readonly payload: JobPayload<N>;
  /** `verb:id`; a waiting job with the same key is replaced, not duplicated. */
  readonly key: string;
  readonly runAt?: Date;
  /** Jobs with the same queue name run in sequence. */
  readonly queue?: string;
}

type FailedJobRow = {
  id: string;
  task: JobName;
  payload: object;
  attempts: number;
  last_error: string | null;
  outcome: string | null;
  updated_at: string;
};

export interface FailedJob {
  readonly id: number;
  readonly task: JobName;
  readonly payload: object;
  readonly attempts: number;
  readonly lastError: string | null;
  /** The outcome of its newest run; null for a job without runs. */
  readonly outcome: string | null;
  readonly changedAt: Date;
}

/**
 * Failed jobs: all attempts used and not running, newest first. A job whose key went to a newer job is excluded, since the newer one does its work.
 *
 * Job states: waiting (until run_at) → due → running (locked by a worker) → done (deleted) | waiting again (attempts left) | failed (attempts used
 * up) → revived or removed.
 */
export async function listFailedJobs(db: Db): Promise<FailedJob[]> {
  const found = await db.execute<FailedJobRow>(sql`
    select j.id, t.identifier as task, j.payload, j.attempts, j.last_error, j.updated_at,
      (select outcome from job_runs r where r.queue_job_id = j.id order by r.created_at desc limit 1) as outcome
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts >= j.max_attempts and j.locked_at is null and j.key is not null order by j.updated_at desc limit ${JOBS_SHOWN_MAX}`);
  return found.rows.map(({ id, last_error: lastError, updated_at: changedAt, ...job }) => ({
    ...job,
    id: Number(id),
    lastError,
    changedAt: new Date(changedAt),
  }));
}

export interface QueuedJob {
  readonly id: number;
  readonly payload: Readonly<Record<string, unknown>>;
  /** A worker is running it. */
  readonly isRunning: boolean;
  /** Its attempts are used up. */
  readonly isFailed: boolean;
  /** A worker may run it, by the database's clock. */
  readonly isDue: boolean;
  readonly runAt: Date;
}

/** The jobs of a task, running or waiting, soonest first. A waiting job whose key went to a newer job is excluded. */
export async function listQueuedJobs(db: Db, task: JobName): Promise<QueuedJob[]> {
  const found = await db.execute<{ id: string; payload: QueuedJob['payload']; held: boolean; spent: boolean; due: boolean; run_at: string }>(sql`
    select j.id, j.payload, j.locked_at is not null as held, j.attempts >= j.max_attempts as spent, j.run_at <= now() as due,
      j.run_at
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${task} and (j.locked_at is not null or j.key is not null) order by j.run_at limit ${JOBS_SHOWN_MAX}`);
  return found.rows.map(({ id, payload, held, spent, due, run_at: runAt }) => ({
    id: Number(id),
    payload,
    isRunning: held,
    isFailed: spent,
    isDue: due,
    runAt: new Date(runAt),
  }));
}

/** Restarts a failed job at once with its payload and all attempts; false when it is no longer in the queue. */
export async function reviveJob(db: Db, id: number): Promise<boolean> {
  const revived = await db.execute(sql`select 1 from graphile_worker.reschedule_jobs(array[${id}]::bigint[], run_at := now(), attempts := 0)`);
  return revived.rows.length > 0;
}

/** Removes a job that is not running from the queue; false when it does not exist. */
export async function removeJob(db: Db, id: number): Promise<boolean> {
  return (await db.execute(sql`select 1 from graphile_worker.complete_jobs(array[${id}]::bigint[])`)).rows.length > 0;
}

/** Makes the waiting jobs of a task due now. */
export async function makeJobsDue(db: Db, task: JobName): Promise<void> {
  await db.execute(sql`
    select graphile_worker.reschedule_jobs(array_agg(j.id), run_at := now())
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = ${task} and j.locked_at is null and j.attempts < j.max_attempts and j.run_at > now() having count(*) > 0`);
}

/** Adds the job of a past scheduled run that no job exists for; false when one existed or the run is already recorded. Idempotent. */
export async function enqueueMissingRun(db: Db, { task, tick }: { readonly task: JobName; readonly tick: Date }): Promise<boolean> {
  const [ts, key] = [tick.toISOString(), scheduledJobKey(task)];
  const added = await db.execute(sql`
    select 1 from graphile_worker.add_job(${task}, ${JSON.stringify({ _cron: { ts, backfilled: true } })}::json, queue_name := ${task},
      max_attempts := ${ATTEMPTS_MAX}, job_key := ${key})
    where not exists (select 1 from timetable_ticks where task = ${task} and tick = ${ts}::timestamptz and how <> 'missed')
      and not exists (select 1 from graphile_worker._private_jobs where key = ${key} and run_at <= now() + interval '1 hour' and attempts < max_attempts)`);
  return added.rows.length > 0;
}

/** The job key that jobs/crontab.ts gives to the scheduled runs of a task. */
const scheduledJobKey = (task: JobName) => `tick:${task}`;

/** Enough for one page; more than this is one problem, not many. */
const JOBS_SHOWN_MAX = 100;

/**
 * Adds a job in the caller's transaction, so that job and row commit together. If it replaces a waiting job that was to start sync, it starts sync,
 * too. Throws when the queue dropped the request.
 */
export async function enqueueJob<N extends JobName>(db: Db, name: N, job: JobRequest<N>): Promise<void> {
  const added = await db.execute<{ id: string | null }>(sql`
    select id from graphile_worker.add_job(${name}, payload := (${JSON.stringify(job.payload)}::jsonb || ${startsSyncOf(job.key)})::json, queue_name := ${job.queue ?? null},
      run_at := ${job.runAt?.toISOString() ?? null}::timestamptz, max_attempts := ${ATTEMPTS_MAX}, job_key := ${job.key})`);
  // Under contention add_job can return NULL and drop the request (graphile/worker #580).
  if (!added.rows[0]?.id) throw new Error(`The queue dropped the job ${name} (${job.key}).`);
}

/** `startsSync` of the waiting job with this key, as an object; empty when there is none. A failed job will not run, so it is left out. */
function startsSyncOf(key: string) {
  return sql`coalesce((select '{"startsSync": true}'::jsonb from graphile_worker._private_jobs j
    where j.key = ${key} and j.locked_at is null and j.attempts < j.max_attempts and j.payload->>'startsSync' = 'true'), '{}'::jsonb)`;
}
