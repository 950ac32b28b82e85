import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findRun } from '#server/repos/job-runs.ts';
import { listenJobRuns } from '#server/repos/listen-job-runs.ts';
import type { JobRunView } from '#shared/contracts/views.ts';
import { jobRunId } from '#shared/ids.ts';
import { toRunView } from './list-runs.ts';

/** Every job run as it changes, until the caller leaves. Whoever follows reads the list first; the row is the truth, the notice only a nudge. */
export async function* followRuns(deps: Pick<Deps, 'db' | 'stream'>, actor: Actor, signal: AbortSignal): AsyncGenerator<JobRunView> {
  requireAdmin(actor);
  for await (const id of listenJobRuns(deps.stream, signal)) {
    const run = await findRun(deps.db, jobRunId.parse(id));
    if (run) yield toRunView(run);
  }
}
