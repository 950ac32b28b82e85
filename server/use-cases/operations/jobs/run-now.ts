import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { JOB_PAYLOADS } from '#shared/contracts/jobs.ts';
import { requireNotPaused } from '../schedule/require-not-paused.ts';

/** Queues a task now. A run already waiting is kept, not duplicated; a paused task throws `conflict`. */
export async function runNow(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: { task: JobName }): Promise<{ queued: true }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    await requireNotPaused(tx, input.task);
    const trigger = input.task === 'sync-playlists' ? {} : { trigger: 'admin' };
    await enqueueJob(tx, input.task, { payload: JOB_PAYLOADS[input.task].parse(trigger), key: input.task, queue: input.task });
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: actorName(actor), action: 'job.run', subject: input.task, detail: null });
  });
  return { queued: true };
}
