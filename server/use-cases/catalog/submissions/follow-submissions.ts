import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findOwnSubmission, listOwnSubmissions } from '#server/repos/catalog/album-submissions.ts';
import { listenSubmissions } from '#server/repos/catalog/listen-submissions.ts';
import { whileSignedIn } from '#server/use-cases/auth/while-signed-in.ts';
import type { SubmissionView } from '#shared/contracts/catalog/submissions.ts';
import { submissionId } from '#shared/ids.ts';
import type { UserId } from '#shared/ids.ts';
import { listenerOf } from './listener-of.ts';
import { toSubmissionView } from './submission-view.ts';

/** Submissions sent at once to a new subscriber. */
const CATCH_UP = 20;

type FollowDeps = Pick<Deps, 'db' | 'now' | 'settings' | 'stream'>;

/**
 * Yields every submission of the caller's own as it or the import of its album changes, until the caller disconnects or is signed out; first the newest,
 * so that a reload misses nothing. The row is authoritative, the notification only a trigger to read it. Throws `unauthenticated`.
 */
export function followSubmissions(
  deps: FollowDeps,
  caller: { readonly actor: Actor; readonly sessionSecret?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<SubmissionView> {
  const userId = listenerOf(caller.actor);
  const { actor, sessionSecret } = caller;
  return whileSignedIn(deps, { actor, sessionSecret }, { signal, follow: (live) => changedSubmissions(deps, userId, live) });
}

async function* changedSubmissions(deps: FollowDeps, userId: UserId, signal: AbortSignal): AsyncGenerator<SubmissionView> {
  for await (const id of listenSubmissions(deps.stream, userId, signal)) {
    if (id === undefined) {
      for (const row of (await listOwnSubmissions(deps.db, userId, CATCH_UP)).toReversed()) yield toSubmissionView(row);
      continue;
    }
    const row = await findOwnSubmission(deps.db, { id: submissionId.parse(id), userId });
    if (row) yield toSubmissionView(row);
  }
}
