import type { Deps } from '#server/deps.ts';
import { isSessionAnswering, withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import type { RequestBudget } from '#server/providers/ports.ts';
import type { Database } from '#server/repos/database.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { findSyncTarget } from '#server/repos/sync/replicas.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { openAccountPlaylists } from '../plan/account-playlists.ts';
import type { AccountPlaylists } from '../plan/account-playlists.ts';

/** Exclusive access to one replica: its row as read under the lock, its account, and the database session that holds the lock. */
export interface ReplicaSession extends SyncTarget {
  readonly deps: Deps;
  /**
   * The session that holds the lock. Intents and receipts are written through it, so without the lock nothing can be recorded and nothing is sent.
   */
  readonly db: Database;
  readonly remote: AccountPlaylists;
  readonly signal: AbortSignal;
}

interface LockRequest {
  readonly replicaId: ReplicaId;
  /** `look` excludes other work on this replica; `write` also excludes any other writer on its account, in any process. */
  readonly purpose: 'look' | 'write';
  readonly signal: AbortSignal;
}

/**
 * Runs `work` under the replica's advisory lock. Throws `conflict` immediately when another session holds it; the lock ends with the process.
 *
 * States: free → locked (session open) → released (work done, session closed, or process dead). Before each request the fence checks that the session
 * still answers; if not, `conflict` and nothing is sent.
 */
export async function withReplicaLock<T>(deps: Deps, request: LockRequest, work: (writer: ReplicaSession) => Promise<T>): Promise<T> {
  const before = await requireTarget(deps.db, request.replicaId);
  const replica = replicaLock(request.replicaId);
  const names = request.purpose === 'write' ? [`segue.sync.account:${before.account.id}`, replica] : [replica];
  const outcome = await withAdvisoryLocks(deps.pool, names, async (db) => {
    const target = await requireTarget(db, request.replicaId);
    const fenced = { ...deps, accountBudget: (id: typeof target.account.id) => fence(deps, deps.accountBudget(id), db) };
    return work({ ...target, deps, db, remote: openAccountPlaylists(fenced, target.account, request.signal), signal: request.signal });
  });
  if (outcome.kind === 'done') return outcome.value;
  const what = outcome.name === replica ? `Playlist #${before.playlist.globalIndex}` : `The account ${before.account.displayName}`;
  throw new AppError('conflict', {
    message: `${what} is being synced right now.`,
    remedy: 'Try again in a moment.',
    context: { busy: true },
  });
}

/** Longer than a healthy database needs for `select 1`, and far shorter than the silence after which a worker's sessions are ended. */
const ANSWER_MAX_MS = 5_000;

/**
 * Checks immediately before every request that the session holding the lock still answers. A process that was suspended after storing its intent, and
 * whose work another process took over, then sends nothing when it resumes.
 */
function fence({ now }: Pick<Deps, 'now'>, budget: RequestBudget, db: Database): RequestBudget {
  return {
    ...budget,
    take: async (signal) => {
      await budget.take(signal);
      const startedMs = performance.now();
      const startedAt = now().getTime();
      // The monotonic clock stops while the machine sleeps; the wall clock does not.
      const isFresh = () => Math.max(performance.now() - startedMs, now().getTime() - startedAt) <= ANSWER_MAX_MS;
      if (!(await isSessionAnswering(db)) || !isFresh()) throw lostLock();
    },
  };
}

function lostLock(): AppError {
  return new AppError('conflict', {
    message: 'The lock on this playlist was lost before the request was sent.',
    remedy: RETRIED_AUTOMATICALLY,
    context: { ambiguous: false, busy: true },
  });
}

/** The name of a replica's advisory lock. */
export function replicaLock(id: ReplicaId): string {
  return `segue.sync.replica:${id}`;
}

async function requireTarget(db: Database, id: ReplicaId): Promise<SyncTarget> {
  const target = await findSyncTarget(db, id);
  if (!target) throw new AppError('not_found', { message: 'This playlist is not hosted on any account.', remedy: 'Plan the sync again.' });
  return target;
}
