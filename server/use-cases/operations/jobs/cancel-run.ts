import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findRun, markRunCancelled } from '#server/repos/operations/job-runs.ts';
import { AppError } from '#shared/errors.ts';
import type { JobRunId } from '#shared/ids.ts';

/** Asks a run under way to stop, on whatever worker it is. What it has done stands; it stops at the next safe place and is not tried again. */
export async function cancelRun(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: { runId: JobRunId },
): Promise<{ cancelRequested: true }> {
  requireAdmin(actor);
  const run = await findRun(deps.db, input.runId);
  if (!run) throw new AppError('not_found', { message: 'This run is not known here.', remedy: 'Load the page again.' });
  if (run.queueJobId === null) {
    throw new AppError('conflict', { message: 'This run belongs to a start of the house and ends by itself.', remedy: 'Wait until it is done.' });
  }
  await deps.db.transaction(async (tx) => {
    if (!(await markRunCancelled(tx, run.id, deps.now()))) {
      throw new AppError('conflict', { message: 'This run is over already.', remedy: 'Load the page again to see what came of it.' });
    }
    const entry = { actor: actorName(actor), action: 'job.cancel', subject: run.task, detail: run.id };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { cancelRequested: true };
}
