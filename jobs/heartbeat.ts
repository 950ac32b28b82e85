import type { Deps } from '#server/deps.ts';
import { markPoolAlive } from '#server/repos/operations/worker-heartbeats.ts';
import { AppError } from '#shared/errors.ts';
import { pid } from 'node:process';
import { repeat } from './repeat.ts';
import { requireSameTime } from './require-same-time.ts';
import type { Polls } from './watch-polls.ts';

const BEAT_MS = 10_000;
/** A worker that has not asked for work so long is not said to be alive. */
const POLLED_WITHIN_MS = 3 * BEAT_MS;
/** While a clock that both share is being put right, one of two looks may still see the old time. */
const WRONG_TIMES_MAX = 3;

/**
 * Says every ten seconds that our pools live and ask for work. `onUnfit` is called when the database did not hear it for `silenceMaxMs`, and when our
 * clock stays apart from the database's.
 */
export function beat(
  deps: Pick<Deps, 'db' | 'log' | 'now' | 'bootId'>,
  polls: Polls,
  { silenceMaxMs, onUnfit }: { silenceMaxMs: number; onUnfit: (error: Error) => void },
): { first: Promise<void>; stop: () => Promise<void> } {
  let heardMs = performance.now();
  let wrongTimes = 0;
  const lookAtClock = async () => {
    try {
      await requireSameTime(deps);
      wrongTimes = 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      wrongTimes += 1;
      if (wrongTimes >= WRONG_TIMES_MAX) onUnfit(error);
    }
  };
  const once = async () => {
    if (polls.silentMs() > POLLED_WITHIN_MS) return;
    try {
      await Promise.all([...polls.living].map((poolId) => markPoolAlive(deps.db, { poolId, bootId: deps.bootId, processId: pid })));
      heardMs = performance.now();
      await lookAtClock();
    } catch (error) {
      deps.log.warn('the worker could not say that it is alive', { error });
      if (performance.now() - heardMs > silenceMaxMs) onUnfit(new Error('The database has not answered the worker for a minute.', { cause: error }));
    }
  };
  const first = once();
  const beating = repeat(BEAT_MS, once);
  return { first, stop: beating.stop };
}
