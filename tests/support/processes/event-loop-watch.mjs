/**
 * Loaded first (NODE_OPTIONS=--import). Measures the pauses of this process's event loop and its memory. On SIGUSR2 it prints what it measured since the
 * last time as one line, `EVENT LOOP {"gapMs":…,"rssMb":…,"usedMb":…}`, and begins again. Garbage is collected first. `usedMb` is the resident memory
 * without empty pages of the heap: V8 keeps them while the machine has room, so with them a leak and an idle collector look the same.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const RESOLUTION_MS = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
setFlagsFromString('--expose-gc');
const rounded = (bytes) => Math.round(bytes / 1e6);
const collectGarbage = runInNewContext('gc');
process.on('SIGUSR2', () => {
  const gapMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
  collectGarbage();
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  const reading = { gapMs: Math.round(gapMs), rssMb: rounded(rss), usedMb: rounded(rss - heapTotal + heapUsed) };
  writeSync(1, `EVENT LOOP ${JSON.stringify(reading)}\n`);
  delays.reset();
});
