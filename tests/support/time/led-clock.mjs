/**
 * Loaded before anything else (NODE_OPTIONS=--import), lets a process live at the instant that a file names. Time goes on in real time from there and
 * jumps when the file changes. The timer by which the timetable waits for the next minute looks again every few milliseconds and so sees the jump; all
 * others, limits and patience, keep their real length. LED_SKEW_MS puts this one clock so much ahead of the instant.
 */
import { readFileSync } from 'node:fs';

const file = process.env['LED_CLOCK'] ?? '';
const LOOK_MS = 15;
const TIMETABLE = /graphile-worker[\\/](?:dist|src)[\\/]cron\./;
const skewMs = Number(process.env['LED_SKEW_MS'] ?? 0);
const RealDate = Date;
const realTimeout = globalThis.setTimeout;

let aheadMs = 0;
let led = '';
function look() {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '' || text === led) return;
  led = text;
  aheadMs = RealDate.parse(text) + skewMs - RealDate.now();
}
look();
setInterval(look, LOOK_MS).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + aheadMs] : given));
  }
  static now() {
    return RealDate.now() + aheadMs;
  }
};

globalThis.setTimeout = Object.assign(
  (work, ms, ...rest) => realTimeout(work, ms > LOOK_MS && TIMETABLE.test(new Error('who asks').stack ?? '') ? LOOK_MS : ms, ...rest),
  realTimeout,
);
