import type { Deps } from '#server/deps.ts';
import { findDatabaseTime } from '#server/repos/operations/worker-heartbeats.ts';
import { AppError } from '#shared/errors.ts';

/** More than clocks that are kept by a network differ, and less than the shortest time between two ticks of a task. */
const APART_MAX_MS = 120_000;
const SECOND_MS = 1_000;

/**
 * Throws `conflict` when this machine's clock is more than two minutes away from the database's, by which all workers agree. Such a worker would
 * bring ticks before their time and make lists for the wrong day.
 */
export async function requireSameTime(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const askedMs = deps.now().getTime();
  const theirsMs = (await findDatabaseTime(deps.db)).getTime();
  const heardMs = deps.now().getTime();
  // The answer took its time; nothing is held against us that may have passed on the way.
  const apartMs = Math.max(askedMs - theirsMs, theirsMs - heardMs);
  if (!(apartMs > APART_MAX_MS)) return;
  throw new AppError('conflict', {
    message: `This machine’s clock is ${Math.round(apartMs / SECOND_MS)} s ${askedMs > theirsMs ? 'ahead of' : 'behind'} the database’s.`,
    remedy: 'Set it, or let it be kept by the network; then start the worker again.',
  });
}
