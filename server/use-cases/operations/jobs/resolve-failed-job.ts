import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listFailedJobs, removeJob, reviveJob } from '#server/repos/job-queue.ts';
import { AppError } from '#shared/errors.ts';
import { requireNotPaused } from '../schedule/require-not-paused.ts';

/** Replays a failed job with its payload and all attempts, or dismisses it for good. Throws `not_found`. */
export async function resolveFailedJob(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { jobId, decision }: { jobId: number; decision: 'replay' | 'dismiss' },
): Promise<{ settled: true }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    const job = (await listFailedJobs(tx)).find((one) => one.id === jobId);
    if (!job) throw new AppError('not_found', { message: 'This failed job no longer exists.', remedy: 'Reload the page.' });
    if (decision === 'replay') await requireNotPaused(tx, job.task);
    await (decision === 'replay' ? reviveJob(tx, jobId) : removeJob(tx, jobId));
    const entry = { actor: actorName(actor), action: `job.${decision}`, subject: job.task, detail: String(jobId) };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { settled: true };
}
