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

/** Adds a job inside the caller's transaction, so that job and row commit together. Throws when the queue dropped the request. */
export async function enqueueJob<N extends JobName>(db: Db, name: N, job: JobRequest<N>): Promise<void> {
  const added = await db.execute<{ id: string | null }>(sql`
    select id from graphile_worker.add_job(${name}, payload := ${JSON.stringify(job.payload)}::json, queue_name := ${job.queue ?? null},
      run_at := ${job.runAt?.toISOString() ?? null}::timestamptz, max_attempts := ${ATTEMPTS_MAX}, job_key := ${job.key})`);
  // Under contention add_job can answer NULL and drop the request (graphile/worker #580).
  if (!added.rows[0]?.id) throw new Error(`The queue did not take ${name} (${job.key}).`);
}
