/**
 * Loaded first (NODE_OPTIONS=--import). Sets the process's clock to the instant in the file TEST_CLOCK_FILE; from there it runs in real time and jumps
 * when the file changes. The scheduler's timer for the next minute fires every few milliseconds and so sees the jump; all other timers keep their real
 * length. TEST_CLOCK_SKEW_MS puts this process's clock ahead of that instant.
 */
import { readFileSync } from 'node:fs';

const file = process.env['TEST_CLOCK_FILE'] ?? '';
const POLL_MS = 15;
const SCHEDULER = /graphile-worker[\\/](?:dist|src)[\\/]cron\./;
const skewMs = Number(process.env['TEST_CLOCK_SKEW_MS'] ?? 0);
const RealDate = Date;
const realTimeout = globalThis.setTimeout;

let aheadMs = 0;
let current = '';
function readClock() {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '' || text === current) return;
  current = text;
  aheadMs = RealDate.parse(text) + skewMs - RealDate.now();
}
readClock();
setInterval(readClock, POLL_MS).unref();

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + aheadMs] : args));
  }
  static now() {
    return RealDate.now() + aheadMs;
  }
};

globalThis.setTimeout = Object.assign(
  (work, ms, ...rest) => realTimeout(work, ms > POLL_MS && SCHEDULER.test(new Error('caller').stack ?? '') ? POLL_MS : ms, ...rest),
  realTimeout,
);
