/**
 * Loaded first (NODE_OPTIONS=--import). Measures the pauses of this process's event loop and its memory. On SIGUSR2 it prints what it measured since the
 * last time as one line, `EVENT LOOP {"gapMs":…,"rssMb":…}`, and begins again.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writeSync } from 'node:fs';

const RESOLUTION_MS = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
process.on('SIGUSR2', () => {
  const gapMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
  writeSync(1, `EVENT LOOP ${JSON.stringify({ gapMs: Math.round(gapMs), rssMb: Math.round(process.memoryUsage.rss() / 1e6) })}\n`);
  delays.reset();
});
