import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import type { Db } from '#server/repos/database.ts';
import { enqueueJob, reviveJob } from '#server/repos/job-queue.ts';
import { findRun } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import { AppError } from '#shared/errors.ts';
import type { JobRunId } from '#shared/ids.ts';
import { requireNotPaused } from '../schedule/require-not-paused.ts';

/**
 * Runs an ended run again with its payload. Its own job is revived while the queue still has it, so that one run never becomes two. Throws
 * `not_found`, and `conflict` while it runs, when its payload was not stored, or when its task is paused.
 */
export async function replayRun(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: { runId: JobRunId }): Promise<{ queued: true }> {
  requireAdmin(actor);
  const run = await findRun(deps.db, input.runId);
  if (!run) throw new AppError('not_found', { message: 'This run does not exist.', remedy: 'Reload the page.' });
  if (run.status === 'running')
    throw new AppError('conflict', { message: 'This run is still in progress.', remedy: 'Wait until it ends, or cancel it.' });
  if (run.payload === null) {
    throw new AppError('conflict', { message: 'The payload of this run was not stored.', remedy: 'Use “Run now” instead.' });
  }
  await deps.db.transaction(async (tx) => {
    await requireNotPaused(tx, run.task);
    if (run.queueJobId === null || !(await reviveJob(tx, run.queueJobId))) await addAgain(tx, run);
    const entry = { actor: actorName(actor), action: 'job.replay', subject: run.task, detail: run.id };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { queued: true };
}

/** One job per run: two replays at once, or one repeated, add a single job. */
async function addAgain(tx: Db, run: JobRunRow): Promise<void> {
  const payload = JOB_PAYLOADS[run.task].parse(run.payload);
  await enqueueJob(tx, run.task, { payload, key: `replay:${run.id}`, queue: run.task });
}
