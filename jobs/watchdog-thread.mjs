/** Runs in its own thread beside an event loop that may be blocked, and kills the whole process when the loop's counter stops changing. */
import { writeSync } from 'node:fs';
import { kill, pid } from 'node:process';
import { workerData } from 'node:worker_threads';

const STDERR = 2;
const { turns, standstillMs, checkMs } = workerData;
let lastTurns = Atomics.load(turns, 0);
let unchangedChecks = 0;

// Counts checks, not elapsed time: after a pause of the whole process the loop gets its turn before it is checked.
setInterval(() => {
  const currentTurns = Atomics.load(turns, 0);
  unchangedChecks = currentTurns === lastTurns ? unchangedChecks + 1 : 0;
  lastTurns = currentTurns;
  if (unchangedChecks * checkMs < standstillMs) return;
  writeSync(STDERR, `Segue stops: the event loop of this process was blocked for ${Math.round(standstillMs / 1000)} s.\n`);
  kill(pid, 'SIGKILL');
}, checkMs);
