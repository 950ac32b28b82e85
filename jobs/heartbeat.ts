import type { Deps } from '#server/deps.ts';
import { markPoolAlive } from '#server/repos/operations/worker-heartbeats.ts';
import { AppError } from '#shared/errors.ts';
import { pid } from 'node:process';
import { repeatEvery } from './repeat-every.ts';
import { requireClockInSync } from './require-clock-in-sync.ts';
import type { QueuePolls } from './queue-polls.ts';

const BEAT_MS = 10_000;
/** No heartbeat is sent for a worker that has not polled the queue for this long. */
const POLLED_WITHIN_MS = 3 * BEAT_MS;
/** While a clock shared with the database is being corrected, a single check may still read the old time. */
const FAILED_CLOCK_CHECKS_MAX = 3;

/**
 * Sends a heartbeat for this worker's pools every ten seconds while they poll the queue. Calls `onUnfit` when no heartbeat has reached the database for
 * `silenceMaxMs`, and when this machine's clock stays out of sync with the database's.
 */
export function startHeartbeat(
  deps: Pick<Deps, 'db' | 'log' | 'now' | 'bootId'>,
  polls: QueuePolls,
  { silenceMaxMs, onUnfit }: { silenceMaxMs: number; onUnfit: (error: Error) => void },
): { first: Promise<void>; stop: () => Promise<void> } {
  let lastBeatMs = performance.now();
  let failedClockChecks = 0;
  const checkClock = async () => {
    try {
      await requireClockInSync(deps);
      failedClockChecks = 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failedClockChecks += 1;
      if (failedClockChecks >= FAILED_CLOCK_CHECKS_MAX) onUnfit(error);
    }
  };
  const sendBeat = async () => {
    if (polls.sinceLastPollMs() > POLLED_WITHIN_MS) return;
    try {
      await Promise.all([...polls.activePools].map((poolId) => markPoolAlive(deps.db, { poolId, bootId: deps.bootId, processId: pid })));
      lastBeatMs = performance.now();
      await checkClock();
    } catch (error) {
      deps.log.warn('the worker could not send its heartbeat', { error });
      if (performance.now() - lastBeatMs > silenceMaxMs)
        onUnfit(new Error('The worker has not reached the database for a minute.', { cause: error }));
    }
  };
  const first = sendBeat();
  const beating = repeatEvery(BEAT_MS, sendBeat);
  return { first, stop: beating.stop };
}
