import type { Deps } from '#server/deps.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import type { RateLimitEvent } from '#server/repos/operations/rate-limit-events.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { startInstances } from '#tests/support/processes/instances.ts';
import type { Instances } from '#tests/support/processes/instances.ts';
import { openRequestProcesses } from '#tests/support/spotify/request-processes.ts';
import type { RequestResult, RequestProcesses } from '#tests/support/spotify/request-processes.ts';
import type { Fault } from './fault.ts';

const PROCESSES = 3;
/** Retry-After values seen from Spotify and the pause each requires. Without a usable number: one whole rate window. */
const RETRY_AFTERS = [
  { name: '1 s', header: () => '1', pauseMs: 1_000 },
  { name: '30 s', header: () => '30', pauseMs: 30_000 },
  { name: '3,600 s', header: () => '3600', pauseMs: 3_600_000 },
  { name: '80,000 s', header: () => '80000', pauseMs: 80_000_000 },
  { name: 'an HTTP-date', header: (nowMs: number) => new Date(nowMs + 905_000).toUTCString(), pauseMs: 900_000 },
  { name: 'nothing', header: () => undefined, pauseMs: 30_000 },
  { name: 'NaN', header: () => 'NaN', pauseMs: 30_000 },
] as const;
type RetryAfter = (typeof RETRY_AFTERS)[number];

/** Long enough for an allowed request to be sent. Without it, requests would wait out short pauses. */
const PATIENCE_MS = 15;
const POLL_MS = 3;
const VARIABLES = { SPOTIFY_REQUESTS_PER_30S: '30000' };

/** F12: bursts of 429s. During the pause that one process received, no process sends a request; afterwards all continue. */
export const f12: Fault = {
  name: 'F12',
  what: 'one 429, whatever its Retry-After, pauses every process for that time and no longer, even if the process that received it dies',
  smallDose: RETRY_AFTERS.length,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using instances = await startInstances();
    await using requesters = openRequestProcesses(instances, { processes: PROCESSES, variables: VARIABLES });
    const setup: Setup = { ...requesters, instances, observer: instances.another() };
    const counts = { bursts: 0, kills: 0, triedDuringPause: 0, sentDuringPause: 0, resumed: 0 };
    for (let burst = 0; burst < dose; burst += 1) {
      const retryAfter = RETRY_AFTERS[burst % RETRY_AFTERS.length] ?? RETRY_AFTERS[0];
      const result = await runBurst(setup, { retryAfter, random, isLimitedKilled: random.chance(0.2) });
      counts.bursts += 1;
      counts.kills += result.kills;
      counts.triedDuringPause += result.tried;
      counts.sentDuringPause += result.sent;
      counts.resumed += result.resumed;
      say(`${retryAfter.name}: ${result.tried} tries during the pause, ${result.sent} sent`);
    }
    assert.equal(counts.sentDuringPause, 0, 'a request was sent during the pause');
    assert.equal(counts.resumed, counts.bursts * PROCESSES, 'a process did not continue afterwards');
    return counts;
  },
};

/** Three real processes, each with an app token after its first read, and an observer that reads the shared state and sends no requests. */
interface Setup extends RequestProcesses {
  readonly instances: Instances;
  readonly observer: Deps;
}

interface Burst {
  readonly retryAfter: RetryAfter;
  readonly random: SeededRandom;
  /** The process that received the 429 is killed right after it, and another takes its place. */
  readonly isLimitedKilled: boolean;
}

async function runBurst(setup: Setup, { retryAfter, random, isLimitedKilled }: Burst) {
  const { instances, observer, processes } = setup;
  for (const process of processes) assert.equal((await setup.read(process)).kind, 'answered');
  instances.spotify.clearRequests();
  const limited = random.pick(processes);
  const header = retryAfter.header(instances.clock.now().getTime());
  instances.spotify.failNext({ path: '/albums/*', status: 429, ...(header === undefined ? {} : { retryAfter: header }) });
  const before = await latestPause(observer);
  // The pause starts at the response, which is after the request and before the pause is recorded.
  const sentAtMs = instances.clock.now().getTime();
  const limitedRead = setup.read(limited).then(requireRefused, (error: unknown) => assert.ok(isLimitedKilled, String(error)));
  const { until } = await pauseAfter(observer, before);
  assert.ok(until.getTime() - sentAtMs >= retryAfter.pauseMs, `${retryAfter.name} was read as a shorter pause`);
  if (isLimitedKilled) await setup.replace(limited);
  let tried = 0;
  const leftMs = () => until.getTime() - instances.clock.now().getTime();
  for (let jump = 0; jump < 4 && leftMs() > 0; jump += 1) {
    for (const result of await Promise.all(processes.map((process) => setup.read(process, { patienceMs: PATIENCE_MS })))) requireRefused(result);
    tried += processes.length;
    instances.clock.advance(Math.max(0, Math.floor(random.next() * leftMs() * 0.5)));
  }
  await limitedRead;
  instances.clock.advance(Math.max(0, leftMs()) + 1);
  let resumed = 0;
  for (const process of processes) resumed += (await setup.read(process)).kind === 'answered' ? 1 : 0;
  // The first request is the limited one. A process's clock lags a little behind its parent's, so it cannot be found by time.
  const [, ...after] = instances.spotify.requests({ path: /^\/albums/ });
  const sentDuring = after.filter((request) => request.at < until.getTime());
  return { tried, sent: sentDuring.length, resumed, kills: isLimitedKilled ? 1 : 0 };
}

async function latestPause({ db }: Deps): Promise<RateLimitEvent | undefined> {
  return (await listRateLimitEvents(db, new Date(0), 1))[0];
}

/** Waits for the next recorded pause and returns it. */
async function pauseAfter(observer: Deps, before: RateLimitEvent | undefined): Promise<RateLimitEvent> {
  for (;;) {
    const latest = await latestPause(observer);
    if (latest && latest.at.getTime() !== before?.at.getTime()) return latest;
    await wait(POLL_MS);
  }
}

/** Throws unless the request was refused with a wait or canceled while waiting. Answered is allowed: a short pause may have ended. */
function requireRefused(result: RequestResult): void {
  if (result.kind === 'answered') return;
  assert.equal(result.kind, 'refused', result.message);
  if (result.kind !== 'refused' || result.why === 'Stopped') return;
  assert.equal(result.code, 'rate_limited', result.message);
  assert.ok((result.retryAfterMs ?? 0) > 0, 'refused without a wait time');
}
