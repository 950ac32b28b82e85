/** Runs in a thread of its own beside an event loop that may be blocked, and ends the whole process when the loop's count stands still. */
import { writeSync } from 'node:fs';
import { kill, pid } from 'node:process';
import { workerData } from 'node:worker_threads';

const STDERR = 2;
const { turns, standstillMs, lookMs } = workerData;
let seen = Atomics.load(turns, 0);
let missed = 0;

// Looks are counted, not time: after a pause of the whole process the loop gets its turn before it is judged.
setInterval(() => {
  const now = Atomics.load(turns, 0);
  missed = now === seen ? missed + 1 : 0;
  seen = now;
  if (missed * lookMs < standstillMs) return;
  writeSync(STDERR, `Segue stops: nothing in this process has moved for ${Math.round(standstillMs / 1000)} s.\n`);
  kill(pid, 'SIGKILL');
}, lookMs);
