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

/** Does a run that is over again, with the payload it had. Its own job is revived while the queue has it, so that one run never becomes two. */
export async function replayRun(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: { runId: JobRunId }): Promise<{ queued: true }> {
  requireAdmin(actor);
  const run = await findRun(deps.db, input.runId);
  if (!run) throw new AppError('not_found', { message: 'This run is not known here.', remedy: 'Load the page again.' });
  if (run.status === 'running')
    throw new AppError('conflict', { message: 'This run is still under way.', remedy: 'Wait for its end, or cancel it.' });
  if (run.payload === null) {
    throw new AppError('conflict', { message: 'What this run was asked to do was not kept.', remedy: 'Use “Run now” instead.' });
  }
  await deps.db.transaction(async (tx) => {
    await requireNotPaused(tx, run.task);
    if (run.queueJobId === null || !(await reviveJob(tx, run.queueJobId))) await addAgain(tx, run);
    const entry = { actor: actorName(actor), action: 'job.replay', subject: run.task, detail: run.id };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { queued: true };
}

/** Two who press at once, or one who presses twice, add one job. */
async function addAgain(tx: Db, run: JobRunRow): Promise<void> {
  const payload = JOB_PAYLOADS[run.task].parse(run.payload);
  await enqueueJob(tx, run.task, { payload, key: `replay:${run.id}`, queue: run.task });
}
