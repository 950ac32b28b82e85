import type { Deps } from '#server/deps.ts';
import { markPoolAlive } from '#server/repos/worker-heartbeats.ts';
import { pid } from 'node:process';
import { repeat } from './repeat.ts';
import type { Polls } from './watch-polls.ts';

const BEAT_MS = 10_000;
/** A worker that has not asked for work so long is not said to be alive. */
const POLLED_WITHIN_MS = 3 * BEAT_MS;

/** Says every ten seconds that our pools live and ask for work. `onSilence` is called when the database did not hear it for `silenceMaxMs`. */
export function beat(
  deps: Pick<Deps, 'db' | 'log' | 'bootId'>,
  polls: Polls,
  { silenceMaxMs, onSilence }: { silenceMaxMs: number; onSilence: (error: Error) => void },
): { first: Promise<void>; stop: () => Promise<void> } {
  let heardMs = performance.now();
  const once = async () => {
    if (polls.silentMs() > POLLED_WITHIN_MS) return;
    try {
      await Promise.all([...polls.pools].map((poolId) => markPoolAlive(deps.db, { poolId, bootId: deps.bootId, processId: pid })));
      heardMs = performance.now();
    } catch (error) {
      deps.log.warn('the worker could not say that it is alive', { error });
      if (performance.now() - heardMs > silenceMaxMs)
        onSilence(new Error('The database has not answered the worker for a minute.', { cause: error }));
    }
  };
  const first = once();
  const beating = repeat(BEAT_MS, once);
  return { first, stop: beating.stop };
}
