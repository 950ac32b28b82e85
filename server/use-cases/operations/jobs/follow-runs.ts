import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findRun, listRuns } from '#server/repos/operations/job-runs.ts';
import { listenJobRuns } from '#server/repos/operations/listen-job-runs.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { jobRunId } from '#shared/ids.ts';
import { whileSignedIn } from '#server/use-cases/auth/while-signed-in.ts';
import { toRunView } from './list-runs.ts';

/** Runs sent at once to a new subscriber. */
const CATCH_UP = 10;

/**
 * Yields every job run as it changes, until the caller disconnects or is signed out. A subscriber reads the list first; the row is authoritative, the
 * notification only a trigger to read it. Throws `unauthenticated` or `forbidden`.
 */
export function followRuns(
  deps: Pick<Deps, 'db' | 'now' | 'settings' | 'stream'>,
  caller: { readonly actor: Actor; readonly sessionSecret?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<JobRunView> {
  requireAdmin(caller.actor);
  const { actor, sessionSecret } = caller;
  return whileSignedIn(deps, { actor, sessionSecret }, { signal, follow: (live) => changedRuns(deps, live) });
}

async function* changedRuns(deps: Pick<Deps, 'db' | 'stream'>, signal: AbortSignal): AsyncGenerator<JobRunView> {
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
