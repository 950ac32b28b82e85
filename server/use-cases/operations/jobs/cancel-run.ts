import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findRun, markRunCanceled } from '#server/repos/operations/job-runs.ts';
import { AppError } from '#shared/errors.ts';
import type { JobRunId } from '#shared/ids.ts';

/**
 * Requests cancellation of a running job, on whatever worker it is. Completed work stays; the run stops at the next safe point and is not retried.
 * Throws `not_found`, and `conflict` for a run that cannot be canceled.
 */
export async function cancelRun(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: { runId: JobRunId },
): Promise<{ cancelRequested: true }> {
  requireAdmin(actor);
  const run = await findRun(deps.db, input.runId);
  if (!run) throw new AppError('not_found', { message: 'This run does not exist.', remedy: 'Reload the page.' });
  if (run.queueJobId === null) {
    throw new AppError('conflict', { message: 'This run belongs to the startup and cannot be canceled.', remedy: 'Wait until it is done.' });
  }
  await deps.db.transaction(async (tx) => {
    if (!(await markRunCanceled(tx, run.id, deps.now()))) {
      throw new AppError('conflict', { message: 'This run has already ended.', remedy: 'Reload the page to see its result.' });
    }
    const entry = { actor: actorName(actor), action: 'job.cancel', subject: run.task, detail: run.id };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { cancelRequested: true };
}
