import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markTaskPaused } from '#server/repos/operations/task-settings.ts';
import type { JobName } from '#shared/contracts/jobs.ts';

/** Pauses a task until it is resumed: its scheduled runs are recorded and skipped, other jobs wait. A run in progress continues. */
export async function pauseTask(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: { task: JobName; why: string },
): Promise<{ paused: true }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    await markTaskPaused(tx, { task: input.task, pausedAt: deps.now(), pausedBy: actorName(actor), pausedWhy: input.why });
    const entry = { actor: actorName(actor), action: 'task.pause', subject: input.task, detail: input.why };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { paused: true };
}
