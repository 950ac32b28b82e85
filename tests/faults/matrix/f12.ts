import type { Deps } from '#server/deps.ts';
import { seededRandom } from '#server/sandbox/catalogue/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalogue/seeded-random.ts';
import { listRateLimitEvents } from '#server/repos/rate-limit-events.ts';
import type { RateLimitEvent } from '#server/repos/rate-limit-events.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { startHouses } from '../../support/two-houses.ts';
import type { Houses } from '../../support/two-houses.ts';
import type { Fault } from './fault.ts';

const PROCESSES = 3;
/** What Spotify has been seen to say, and how long we then have to be silent. Without a number that means anything, a whole window of its count. */
const WORDS = [
  { name: '1 s', says: () => '1', silentMs: 1_000 },
  { name: '30 s', says: () => '30', silentMs: 30_000 },
  { name: '3,600 s', says: () => '3600', silentMs: 3_600_000 },
  { name: '80,000 s', says: () => '80000', silentMs: 80_000_000 },
  { name: 'an HTTP-date', says: (nowMs: number) => new Date(nowMs + 901_000).toUTCString(), silentMs: 900_000 },
  { name: 'nothing', says: () => undefined, silentMs: 30_000 },
  { name: 'NaN', says: () => 'NaN', silentMs: 30_000 },
] as const;
type Word = (typeof WORDS)[number];

/** Long enough for a request to be sent if it is let through; short stops are slept through otherwise, and nobody wants to wait here. */
const PATIENCE_MS = 15;
const POLL_MS = 3;

/** F12: a storm of 429s. Inside the time that one process was told, no process sends anything; after it, all go on. */
export const f12: Fault = {
  name: 'F12',
  what: 'one 429, whatever it says, silences every process until its time and no longer',
  smallDose: WORDS.length,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using houses = await startHouses({ variables: { SPOTIFY_REQUESTS_PER_30S: '30000' } });
    const processes = Array.from({ length: PROCESSES }, () => houses.another());
    const counts = { bursts: 0, triedInside: 0, sentInside: 0, resumed: 0 };
    for (let burst = 0; burst < dose; burst += 1) {
      const word = WORDS[burst % WORDS.length] ?? WORDS[0];
      // Now and then a process dies and another takes its place: what it was told must outlive it.
      if (random.chance(0.3)) processes[random.below(PROCESSES)] = houses.another();
      const found = await storm(houses, { processes, word, random });
      counts.bursts += 1;
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

interface Storm {
  readonly processes: readonly Deps[];
  readonly word: Word;
  readonly random: SeededRandom;
}

async function storm(houses: Houses, { processes, word, random }: Storm): Promise<{ tried: number; sent: number; resumed: number }> {
  for (const process of processes) await houses.read(process);
  houses.spotify.clearRequests();
  const told = random.pick(processes);
  const retryAfter = word.says(houses.clock.now().getTime());
  houses.spotify.failNext({ path: '/albums/*', status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const before = await latestStop(told);
  // The time runs from the answer, which is after the question and before the stop is written down.
  const askedMs = houses.clock.now().getTime();
  const telling = houses.read(told).catch(requireToldToWait);
  const { at, until } = await stopAfter(told, before);
  assert.ok(until.getTime() - askedMs >= word.silentMs, `${word.name} was taken for less`);
  let tried = 0;
  const leftMs = () => until.getTime() - houses.clock.now().getTime();
  for (let jump = 0; jump < 4 && leftMs() > 0; jump += 1) {
    await Promise.all(processes.map((process) => tryToRead(houses, process)));
    tried += processes.length;
    houses.clock.advance(Math.max(0, Math.floor(random.next() * leftMs() * 0.5)));
  }
  await telling;
  houses.clock.advance(Math.max(0, leftMs()) + 1);
  let resumed = 0;
  for (const process of processes) resumed += (await houses.read(process)).length;
  const inside = houses.spotify.requests().filter((request) => request.at > at.getTime() && request.at < until.getTime());
  return { tried, sent: inside.length, resumed };
}

async function latestStop({ db }: Deps): Promise<RateLimitEvent | undefined> {
  return (await listRateLimitEvents(db, new Date(0), 1))[0];
}

/** The new stop as the house remembers it, as soon as it does. */
async function stopAfter(process: Deps, before: RateLimitEvent | undefined): Promise<RateLimitEvent> {
  for (;;) {
    const latest = await latestStop(process);
    if (latest && latest.at.getTime() !== before?.at.getTime()) return latest;
    await wait(POLL_MS);
  }
}

/** A read that gives up soon. Anything but being told to wait is a failure. */
async function tryToRead(houses: Houses, process: Deps): Promise<void> {
  const giveUp = new AbortController();
  const id = spotifyAlbumId.parse(houses.sandbox.catalogue.albumIdAt(199));
  const reading = process.catalogue.readAlbums([id], giveUp.signal).catch(requireToldToWait);
  await Promise.race([reading, wait(PATIENCE_MS)]);
  giveUp.abort(new Error('Nobody waits here.'));
  await reading;
}

/** The budget says when to come back; what gave up while it waited says that it was stopped. */
function requireToldToWait(error: unknown): void {
  assert.ok(error instanceof AppError, `an unknown failure: ${String(error)}`);
  if (error.context?.['kind'] === 'Stopped') return;
  assert.equal(error.code, 'rate_limited', error.message);
  assert.ok((error.retryAfterMs ?? 0) > 0, 'told to wait, but not for how long');
}
