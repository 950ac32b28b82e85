import type { Deps } from '#server/deps.ts';
import type { RequestBudget } from '#server/providers/ports.ts';
import { isSessionAnswering } from '#server/repos/advisory-lock.ts';
import type { Database } from '#server/repos/database.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';

/** Longer than a healthy database needs for `select 1`, and far shorter than the silence after which a worker's sessions are ended. */
const ANSWER_MAX_MS = 5_000;

/**
 * Dependencies whose requests for an account first check that the session holding the lock still answers. A process that was suspended after storing its
 * intent, and whose work another process took over, then sends nothing when it resumes: `conflict` is thrown.
 */
export function fenceRequests(deps: Deps, db: Database): Deps {
  return { ...deps, accountBudget: (id: AccountId) => fence(deps, deps.accountBudget(id), db) };
}

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
