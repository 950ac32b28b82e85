import { Worker } from 'node:worker_threads';
import { repeat } from './repeat.ts';

interface Watch {
  /** So long may the event loop stand still, the process be paused, or the queue not be asked. */
  readonly standstillMs: number;
  /** Milliseconds since the queue was last asked. */
  readonly silentMs: () => number;
  readonly onStandstill: (error: Error) => void;
}

/** So often a minute's limit is looked at; a shorter limit is looked at as many times. */
const LOOKS = 30;

/**
 * Ends a worker that only looks alive. A loop that is blocked is killed by a thread of its own; a process that was paused (its jobs may have been
 * given to others meanwhile) or that stopped asking the queue is told through `onStandstill`. Sleep of the machine does not count.
 */
export function startWatchdog({ standstillMs, silentMs, onStandstill }: Watch): { stop: () => Promise<void> } {
  const lookMs = Math.max(20, Math.round(standstillMs / LOOKS));
  const turns = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(new URL('watchdog-thread.mjs', import.meta.url), { workerData: { turns, standstillMs, lookMs }, execArgv: [] });
  thread.unref();
  let turnedMs = performance.now();
  const turning = repeat(lookMs, () => {
    const stoodMs = performance.now() - turnedMs;
    turnedMs = performance.now();
    Atomics.add(turns, 0, 1);
    if (stoodMs > standstillMs) onStandstill(new Error(`The worker was paused for ${inSeconds(stoodMs)}; its jobs may be in other hands.`));
    else if (silentMs() > standstillMs) onStandstill(new Error(`The worker has not asked the queue for ${inSeconds(silentMs())}.`));
    return Promise.resolve();
  });
  return {
    stop: async () => {
      await turning.stop();
      await thread.terminate();
    },
  };
}

const inSeconds = (ms: number) => `${Math.round(ms / 1000)} s`;
