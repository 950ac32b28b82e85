import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findRun, listRuns } from '#server/repos/operations/job-runs.ts';
import { listenJobRuns } from '#server/repos/operations/listen-job-runs.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { jobRunId } from '#shared/ids.ts';
import { toRunView } from './list-runs.ts';

/** Runs told at once to whoever begins to follow. */
const CATCH_UP = 10;

/** Every job run as it changes, until the caller leaves. Whoever follows reads the list first; the row is the truth, the notice only a nudge. */
export async function* followRuns(deps: Pick<Deps, 'db' | 'stream'>, actor: Actor, signal: AbortSignal): AsyncGenerator<JobRunView> {
  requireAdmin(actor);
  for await (const id of listenJobRuns(deps.stream, signal)) {
    if (id === undefined) {
      // The listener stands: what changed before it did is told now, so that nothing falls between a list and its news.
      for (const run of await listRuns(deps.db, CATCH_UP)) yield toRunView(run);
      continue;
    }
    const run = await findRun(deps.db, jobRunId.parse(id));
    if (run) yield toRunView(run);
  }
}
