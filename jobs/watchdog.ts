import { Worker } from 'node:worker_threads';
import { repeatEvery } from './repeat-every.ts';

interface Watch {
  /** Maximum time that the event loop may be blocked, the process paused, or the queue not polled. */
  readonly standstillMs: number;
  /** Milliseconds since the last poll of the queue. */
  readonly silentMs: () => number;
  readonly onStandstill: (error: Error) => void;
}

/** Checks per limit, whatever its length. */
const CHECKS_PER_LIMIT = 30;

/**
 * Ends a worker that only looks alive. A separate thread kills the process when the event loop is blocked. `onStandstill` is called when the process was
 * paused (other workers may have taken its jobs in the meantime) or stopped polling the queue. Sleep of the machine does not count.
 */
export function startWatchdog({ standstillMs, silentMs, onStandstill }: Watch): { stop: () => Promise<void> } {
  const checkMs = Math.max(20, Math.round(standstillMs / CHECKS_PER_LIMIT));
  const turns = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(new URL('watchdog-thread.mjs', import.meta.url), { workerData: { turns, standstillMs, checkMs }, execArgv: [] });
  thread.unref();
  let lastTurnMs = performance.now();
  const counting = repeatEvery(checkMs, () => {
    const pausedMs = performance.now() - lastTurnMs;
    lastTurnMs = performance.now();
    Atomics.add(turns, 0, 1);
    if (pausedMs > standstillMs) onStandstill(new Error(`The worker was paused for ${inSeconds(pausedMs)}; another worker may have taken its jobs.`));
    else if (silentMs() > standstillMs) onStandstill(new Error(`The worker has not polled the queue for ${inSeconds(silentMs())}.`));
    return Promise.resolve();
  });
  return {
    stop: async () => {
      await counting.stop();
      await thread.terminate();
    },
  };
}

const inSeconds = (ms: number) => `${Math.round(ms / 1000)} s`;
