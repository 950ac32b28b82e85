import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { retrySources } from '#server/repos/catalog/album-sources.ts';
import { enqueueJob } from '#server/repos/job-queue.ts';
import type { RetryImportInput } from '#shared/contracts/catalog/import.ts';

/** Queues failed lines again and returns how many. Lines that were not an album link need a new link. */
export async function retryImportLines(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: RetryImportInput): Promise<{ queued: number }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const queued = await retrySources(tx, deps.now(), input);
    if (queued > 0) await enqueueJob(tx, 'ingest-albums', { payload: { trigger: 'admin' }, key: 'ingest-albums', queue: 'ingest-albums' });
    return { queued };
  });
}
