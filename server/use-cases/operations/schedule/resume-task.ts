import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { makeJobsDue } from '#server/repos/job-queue.ts';
import { markTaskResumed } from '#server/repos/operations/task-settings.ts';
import type { JobName } from '#shared/contracts/jobs.ts';

/** Resumes a paused task; jobs that waited are due at once. Skipped scheduled runs stay skipped. */
export async function resumeTask(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: { task: JobName }): Promise<{ paused: false }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    await markTaskResumed(tx, input.task);
    await makeJobsDue(tx, input.task);
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'task.resume',
      subject: input.task,
      detail: null,
    });
  });
  return { paused: false };
}
