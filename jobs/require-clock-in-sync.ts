import type { Deps } from '#server/deps.ts';
import { findDatabaseTime } from '#server/repos/operations/worker-heartbeats.ts';
import { AppError } from '#shared/errors.ts';

/** More than NTP-synchronized clocks differ, and less than the shortest interval between two scheduled runs of a task. */
const SKEW_MAX_MS = 120_000;
const SECOND_MS = 1_000;

/**
 * Throws `conflict` when this machine's clock is more than two minutes off the database's, which is the reference for all workers. Such a worker would
 * start scheduled runs early and make lists for the wrong day.
 */
export async function requireClockInSync(deps: Pick<Deps, 'db' | 'now'>): Promise<void> {
  const sentMs = deps.now().getTime();
  const databaseMs = (await findDatabaseTime(deps.db)).getTime();
  const receivedMs = deps.now().getTime();
  // The round trip takes time; only a difference beyond it counts.
  const skewMs = Math.max(sentMs - databaseMs, databaseMs - receivedMs);
  if (!(skewMs > SKEW_MAX_MS)) return;
  throw new AppError('conflict', {
    message: `This machine’s clock is ${Math.round(skewMs / SECOND_MS)} s ${sentMs > databaseMs ? 'ahead of' : 'behind'} the database’s clock.`,
    remedy: 'Set the clock or turn on network time, then start the worker again.',
  });
}
