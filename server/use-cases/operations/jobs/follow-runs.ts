import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findRun, listRuns } from '#server/repos/operations/job-runs.ts';
import { listenJobRuns } from '#server/repos/operations/listen-job-runs.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { jobRunId } from '#shared/ids.ts';
import { toRunView } from './list-runs.ts';

/** Runs sent at once to a new subscriber. */
const CATCH_UP = 10;

/**
 * Yields every job run as it changes, until the caller disconnects. A subscriber reads the list first; the row is authoritative, the notification
 * only a trigger to read it.
 */
export async function* followRuns(deps: Pick<Deps, 'db' | 'stream'>, actor: Actor, signal: AbortSignal): AsyncGenerator<JobRunView> {
  requireAdmin(actor);
  for await (const id of listenJobRuns(deps.stream, signal)) {
    if (id === undefined) {
      // The subscription is active: send what changed before it, so that no change falls between the list and the first notification.
      for (const run of await listRuns(deps.db, CATCH_UP)) yield toRunView(run);
      continue;
    }
    const run = await findRun(deps.db, jobRunId.parse(id));
    if (run) yield toRunView(run);
  }
}
