import { setImmediate as nextTurn } from 'node:timers/promises';

/** The instant at which fake time starts. */
export const START = Date.parse('2026-11-21T04:00:00Z');

/** Fake time that advances only when all workers wait for a timer. */
export function createFakeTime(latenessMs: () => number = () => 0) {
  let nowMs = START;
  const timers: { atMs: number; wake: () => void }[] = [];
  return {
    now: () => new Date(nowMs),
    wait: (ms: number) => new Promise<void>((resolve) => timers.push({ atMs: nowMs + ms + latenessMs(), wake: resolve })),
    advance: (ms: number) => void (nowMs += ms),
    /** Adjusts the clock; running timers keep their length. */
    set: (ms: number) => {
      nowMs += ms;
      for (const timer of timers) timer.atMs += ms;
    },
    /** Runs until all workers are done. Whenever all of them wait, the earliest timer fires. */
    run: async (workers: readonly Promise<void>[]) => {
      const left = new Set(workers);
      for (const worker of workers) void worker.finally(() => left.delete(worker));
      while (left.size > 0) {
        await nextTurn();
        if (timers.length < left.size || timers.length === 0) continue;
        timers.sort((a, b) => a.atMs - b.atMs);
        const next = timers.shift();
        nowMs = Math.max(nowMs, next?.atMs ?? nowMs);
        next?.wake();
      }
      await Promise.all(workers);
    },
  };
}
