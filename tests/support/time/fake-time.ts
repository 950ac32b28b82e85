import { setImmediate as turn } from 'node:timers/promises';

/** When it begins. */
export const START = Date.parse('2026-11-21T04:00:00Z');

/** Time that moves only when every worker waits for it. */
export function createFakeTime(latenessMs: () => number = () => 0) {
  let nowMs = START;
  const timers: { atMs: number; wake: () => void }[] = [];
  return {
    now: () => new Date(nowMs),
    wait: (ms: number) => new Promise<void>((resolve) => timers.push({ atMs: nowMs + ms + latenessMs(), wake: resolve })),
    advance: (ms: number) => void (nowMs += ms),
    /** The clock is set; no timer runs for longer or shorter because of it. */
    set: (ms: number) => {
      nowMs += ms;
      for (const timer of timers) timer.atMs += ms;
    },
    /** Runs until no worker is left, waking the earliest sleeper whenever all of them sleep. */
    run: async (workers: readonly Promise<void>[]) => {
      const left = new Set(workers);
      for (const worker of workers) void worker.finally(() => left.delete(worker));
      while (left.size > 0) {
        await turn();
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
