import type { Deps } from '#server/deps.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import type { RateLimitEvent } from '#server/repos/operations/rate-limit-events.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { startHouses } from '#tests/support/processes/two-houses.ts';
import type { Houses } from '#tests/support/processes/two-houses.ts';
import { openAskers } from '#tests/support/spotify/vendor-askers.ts';
import type { AskerAnswer, Askers } from '#tests/support/spotify/vendor-askers.ts';
import type { Fault } from './fault.ts';

const PROCESSES = 3;
/** What Spotify has been seen to say, and how long we then have to be silent. Without a number that means anything, a whole window of its count. */
const WORDS = [
  { name: '1 s', says: () => '1', silentMs: 1_000 },
  { name: '30 s', says: () => '30', silentMs: 30_000 },
  { name: '3,600 s', says: () => '3600', silentMs: 3_600_000 },
  { name: '80,000 s', says: () => '80000', silentMs: 80_000_000 },
  { name: 'an HTTP-date', says: (nowMs: number) => new Date(nowMs + 905_000).toUTCString(), silentMs: 900_000 },
  { name: 'nothing', says: () => undefined, silentMs: 30_000 },
  { name: 'NaN', says: () => 'NaN', silentMs: 30_000 },
] as const;
type Word = (typeof WORDS)[number];

/** Long enough for a request to be sent if it is let through; short stops are slept through otherwise, and nobody wants to wait here. */
const PATIENCE_MS = 15;
const POLL_MS = 3;
const VARIABLES = { SPOTIFY_REQUESTS_PER_30S: '30000' };

/** F12: a storm of 429s. Inside the time that one process was told, no process sends anything; after it, all go on. */
export const f12: Fault = {
  name: 'F12',
  what: 'one 429, whatever it says, silences every process until its time and no longer, and outlives the process that was told',
  smallDose: WORDS.length,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using houses = await startHouses();
    await using askers = openAskers(houses, { processes: PROCESSES, variables: VARIABLES });
    const place: Place = { ...askers, houses, book: houses.another() };
    const counts = { bursts: 0, kills: 0, triedInside: 0, sentInside: 0, resumed: 0 };
    for (let burst = 0; burst < dose; burst += 1) {
      const word = WORDS[burst % WORDS.length] ?? WORDS[0];
      const found = await storm(place, { word, random, isToldKilled: random.chance(0.2) });
      counts.bursts += 1;
      counts.kills += found.kills;
      counts.triedInside += found.tried;
      counts.sentInside += found.sent;
      counts.resumed += found.resumed;
      say(`${word.name}: ${found.tried} tries inside, ${found.sent} sent`);
    }
    assert.equal(counts.sentInside, 0, 'something was sent while Spotify had told us to be silent');
    assert.equal(counts.resumed, counts.bursts * PROCESSES, 'a process did not go on afterwards');
    return counts;
  },
};

/** Three real processes of the house, each with a token of the app in hand once it has read something, and one that knows what they wrote down and asks nobody. */
interface Place extends Askers {
  readonly houses: Houses;
  readonly book: Deps;
}

interface Burst {
  readonly word: Word;
  readonly random: SeededRandom;
  /** The process that was told dies right after it was, and another takes its place. */
  readonly isToldKilled: boolean;
}

async function storm(place: Place, { word, random, isToldKilled }: Burst) {
  const { houses, book, processes } = place;
  for (const process of processes) assert.equal((await place.read(process)).kind, 'answered');
  houses.spotify.clearRequests();
  const told = random.pick(processes);
  const retryAfter = word.says(houses.clock.now().getTime());
  houses.spotify.failNext({ path: '/albums/*', status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const before = await latestStop(book);
  // The time runs from the answer, which is after the question and before the stop is written down.
  const askedMs = houses.clock.now().getTime();
  const telling = place.read(told).then(requireToldToWait, (error: unknown) => assert.ok(isToldKilled, String(error)));
  const { until } = await stopAfter(book, before);
  assert.ok(until.getTime() - askedMs >= word.silentMs, `${word.name} was taken for less`);
  if (isToldKilled) await place.replace(told);
  let tried = 0;
  const leftMs = () => until.getTime() - houses.clock.now().getTime();
  for (let jump = 0; jump < 4 && leftMs() > 0; jump += 1) {
    for (const said of await Promise.all(processes.map((process) => place.read(process, { patienceMs: PATIENCE_MS })))) requireToldToWait(said);
    tried += processes.length;
    houses.clock.advance(Math.max(0, Math.floor(random.next() * leftMs() * 0.5)));
  }
  await telling;
  houses.clock.advance(Math.max(0, leftMs()) + 1);
  let resumed = 0;
  for (const process of processes) resumed += (await place.read(process)).kind === 'answered' ? 1 : 0;
  // The first one is the request that was told to stop; a process's clock lags a little behind the one that its parent moves, so it is not found by time.
  const [, ...after] = houses.spotify.requests({ path: /^\/albums/ });
  const inside = after.filter((request) => request.at < until.getTime());
  return { tried, sent: inside.length, resumed, kills: isToldKilled ? 1 : 0 };
}

async function latestStop({ db }: Deps): Promise<RateLimitEvent | undefined> {
  return (await listRateLimitEvents(db, new Date(0), 1))[0];
}

/** The new stop as the house remembers it, as soon as it does. */
async function stopAfter(book: Deps, before: RateLimitEvent | undefined): Promise<RateLimitEvent> {
  for (;;) {
    const latest = await latestStop(book);
    if (latest && latest.at.getTime() !== before?.at.getTime()) return latest;
    await wait(POLL_MS);
  }
}

/** The budget says when to come back; what gave up while it waited says that it was stopped. A short stop may just have ended. */
function requireToldToWait(said: AskerAnswer): void {
  if (said.kind === 'answered') return;
  assert.equal(said.kind, 'refused', said.message);
  if (said.kind !== 'refused' || said.why === 'Stopped') return;
  assert.equal(said.code, 'rate_limited', said.message);
  assert.ok((said.retryAfterMs ?? 0) > 0, 'told to wait, but not for how long');
}
