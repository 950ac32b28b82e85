import type { Deps } from '#server/deps.ts';
import { withAdvisoryLocks } from '#server/repos/advisory-lock.ts';
import type { RequestBudget } from '#server/providers/ports.ts';
import type { Database } from '#server/repos/database.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import { findSyncTarget } from '#server/repos/sync/replicas.ts';
import { AppError } from '#shared/errors.ts';
import type { ReplicaId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { reachAccount } from '../plan/reach-account.ts';
import type { AccountReach } from '../plan/reach-account.ts';

/** The right to work on one replica: its row as it is under the lock, its account, and the session that holds the lock. */
export interface Writer extends SyncTarget {
  readonly deps: Deps;
  /** Intents and receipts go through the session that holds the lock: without the lock nothing more can be written down, so nothing is sent. */
  readonly db: Database;
  readonly remote: AccountReach;
  readonly signal: AbortSignal;
}

interface Hold {
  readonly replicaId: ReplicaId;
  /** `look` excludes other work on this replica; `write` also any other writer on its account, in any process. */
  readonly purpose: 'look' | 'write';
  readonly signal: AbortSignal;
}

/** Runs work as the only one on that replica. Throws `conflict` at once when somebody else is at it; the lock dies with the process. */
export async function holdWriter<T>(deps: Deps, hold: Hold, work: (writer: Writer) => Promise<T>): Promise<T> {
  const before = await requireTarget(deps.db, hold.replicaId);
  const replica = replicaLock(hold.replicaId);
  const names = hold.purpose === 'write' ? [`segue.sync.account:${before.account.id}`, replica] : [replica];
  const outcome = await withAdvisoryLocks(deps.pool, names, async (db) => {
    const target = await requireTarget(db, hold.replicaId);
    const fenced = { ...deps, accountBudget: (id: typeof target.account.id) => fence(deps, deps.accountBudget(id), db) };
    return work({ ...target, deps, db, remote: reachAccount(fenced, target.account, hold.signal), signal: hold.signal });
  });
  if (outcome.kind === 'done') return outcome.value;
  const what = outcome.name === replica ? `Playlist #${before.playlist.globalIndex}` : `The account ${before.account.displayName}`;
  throw new AppError('conflict', {
    message: `${what} is being synced right now.`,
    remedy: 'Wait a moment, then look again.',
    context: { busy: true },
  });
}

/** Longer than a healthy database takes for nothing, and far less than a worker's silence may last before its sessions are ended. */
const ANSWER_MAX_MS = 5_000;

/**
 * The last thing before every request: the session that holds the lock still answers, and did so just now. A process that was paused after its intent was
 * written, and whose work others took over meanwhile, sends nothing when it wakes.
 */
function fence({ now }: Pick<Deps, 'now'>, budget: RequestBudget, db: Database): RequestBudget {
  return {
    ...budget,
    take: async (signal) => {
      await budget.take(signal);
      const askedMs = performance.now();
      const askedAt = now().getTime();
      // A stopwatch stands still while the whole machine sleeps; the clock does not.
      const isFresh = () => Math.max(performance.now() - askedMs, now().getTime() - askedAt) <= ANSWER_MAX_MS;
      const isHeld = await db.execute(sql`select 1`).then(
        () => isFresh(),
        () => false,
      );
      if (!isHeld) throw lostLock();
    },
  };
}

function lostLock(): AppError {
  return new AppError('conflict', {
    message: 'The right to write was lost on the way.',
    remedy: 'It is tried again by itself.',
    context: { ambiguous: false, busy: true },
  });
}

/** Names the right to work on a replica. */
export function replicaLock(id: ReplicaId): string {
  return `segue.sync.replica:${id}`;
}

async function requireTarget(db: Database, id: ReplicaId): Promise<SyncTarget> {
  const target = await findSyncTarget(db, id);
  if (!target) throw new AppError('not_found', { message: 'This playlist has no place on any account.', remedy: 'Plan the sync again.' });
  return target;
}
