/**
 * Loaded before anything else (NODE_OPTIONS=--import), lets a process live at the instant that a file names. Time goes on in real time from there and
 * jumps when the file changes. A timer of almost a minute, which is how the timetable waits, looks again every few milliseconds and so sees the jump;
 * all shorter ones, limits and patience, keep their real length.
 */
import { readFileSync } from 'node:fs';

const file = process.env['LED_CLOCK'] ?? '';
const LOOK_MS = 15;
const TIMER_MIN_MS = 45_000;
const TIMER_MAX_MS = 60_001;
const RealDate = Date;
const realTimeout = globalThis.setTimeout;

let aheadMs = 0;
let led = '';
function look() {
  const text = readFileSync(file, 'utf8').trim();
  if (text === '' || text === led) return;
  led = text;
  aheadMs = RealDate.parse(text) - RealDate.now();
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
  (work, ms, ...rest) => realTimeout(work, ms > TIMER_MIN_MS && ms <= TIMER_MAX_MS ? LOOK_MS : ms, ...rest),
  realTimeout,
);
