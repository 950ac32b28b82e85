import { findAccount } from '#server/repos/accounts/accounts.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { AccountId } from '#shared/ids.ts';
import assert from 'node:assert/strict';
import { startTestApp } from '../../support/app.ts';
import type { TestApp } from '../../support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { accountOf } from '#tests/support/spotify/connected-accounts.ts';
import { startRacer } from '#tests/support/spotify/token-racers.ts';
import type { RaceResult } from '#tests/support/spotify/token-racers.ts';
import type { Fault } from './fault.ts';

const HOUR_MS = 3_600_000;
const PERSON = 'segue-north';
const PROCESSES = 3;
const CALLERS_MAX = 34;
/** One crash per this many races. */
const RACES_PER_CRASH = 10;
/** With a secret, refresh tokens do not change. Without one each can be used once, and a crash between exchange and commit loses the new one. */
const FLOWS = [
  { name: 'confidential', secret: 'of-no-consequence' },
  { name: 'PKCE', secret: '' },
] as const;
const POINTS = ['refresh.after_exchange', 'refresh.before_commit'];
const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

type Counts = { races: number; refreshes: number; crashes: number; recovered: number; reauth: number; useless_retries: number };

/** F25: three processes request one account's token at once, and one dies between Spotify's response and our commit. */
export const f25: Fault = {
  name: 'F25',
  what: 'a token is refreshed once per expiry by any number of processes; after a crash it recovers or needs re-authorization, without retries',
  smallDose: 4,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    const counts: Counts = { races: 0, refreshes: 0, crashes: 0, recovered: 0, reauth: 0, useless_retries: 0 };
    for (const flow of FLOWS) await runFlow(flow, { races: Math.ceil(dose / FLOWS.length), random, counts });
    say(
      `${counts.races} races of ${PROCESSES} processes, ${counts.crashes} crashes: ${counts.recovered} recovered, ${counts.reauth} need re-authorization`,
    );
    return counts;
  },
};

interface Setup {
  readonly app: TestApp;
  readonly id: AccountId;
  readonly racers: readonly ReturnType<typeof startRacer>[];
  readonly random: SeededRandom;
}

async function runFlow(flow: (typeof FLOWS)[number], run: { races: number; random: SeededRandom; counts: Counts }): Promise<void> {
  const variables = { SPOTIFY_CLIENT_ID: 'segue', SPOTIFY_CLIENT_SECRET: flow.secret, SPOTIFY_TOKEN_KEY: KEY };
  await using app = await startTestApp({ env: variables });
  await connectAs(app.deps, PERSON);
  const { id } = await accountOf(app.deps, PERSON);
  const options = { databaseUrl: app.databaseUrl, sandbox: app.sandbox.env, variables };
  const racers = Array.from({ length: PROCESSES }, () => startRacer(options));
  await using _ = { [Symbol.asyncDispose]: async () => void (await Promise.all(racers.map((racer) => racer[Symbol.asyncDispose]()))) };
  const setup: Setup = { app, id, racers, random: run.random };
  for (let race = 0; race < run.races; race += 1) {
    run.counts.refreshes += await raceOnce(setup);
    run.counts.races += 1;
    if (race % RACES_PER_CRASH !== 0) continue;
    const point = run.random.pick(POINTS);
    await using victim = startRacer({ ...options, variables: { ...variables, FAULT_AT: `${point}:1` } });
    await crashOnce(setup, victim, { counts: run.counts, isRotating: flow.name === 'PKCE' });
  }
}

/** All processes request the token at once after it expired: one refresh, one token for all, one new version. Returns the number of refreshes. */
async function raceOnce({ app, id, racers, random }: Setup): Promise<number> {
  app.clock.advance(HOUR_MS);
  const before = await versionOf(app, id);
  const requestsBefore = tokenRequests(app);
  const results = await Promise.all(racers.map((racer) => racer.race(requestFor(app, id, 1 + random.below(CALLERS_MAX)))));
  const refreshes = tokenRequests(app) - requestsBefore;
  assert.equal(refreshes, 1, `one expiry took ${refreshes} refreshes`);
  const tokens = new Set(results.flatMap((one) => (one === 'died' ? [] : one.tokens)));
  assert.equal(tokens.size, 1, `${tokens.size} different tokens were returned`);
  assert.deepEqual(results.flatMap(refusalsOf), [], 'a caller was refused');
  assert.equal(await versionOf(app, id), before + 1, 'the token version was not incremented');
  return refreshes;
}

async function crashOnce(
  { app, id, racers }: Setup,
  victim: ReturnType<typeof startRacer>,
  { counts, isRotating }: { counts: Counts; isRotating: boolean },
): Promise<void> {
  app.clock.advance(HOUR_MS);
  assert.equal(await victim.race(requestFor(app, id, 1)), 'died', 'the process should have died');
  counts.crashes += 1;
  const requestsBefore = tokenRequests(app);
  const results = await Promise.all(racers.map((racer) => racer.race(requestFor(app, id, 5))));
  assert.equal(tokenRequests(app) - requestsBefore, 1, 'after the crash there should be one request');
  if (!isRotating) {
    assert.deepEqual(results.flatMap(refusalsOf), [], 'a crash should have no effect');
    counts.recovered += 1;
    return;
  }
  // The new refresh token died with the process and the old one is used: only re-authorization helps, and Spotify gets no more requests.
  const refusals = results.flatMap(refusalsOf);
  assert.deepEqual(new Set(refusals), new Set(['reauth_required']));
  await Promise.all(racers.map((racer) => racer.race(requestFor(app, id, 5))));
  counts.useless_retries += tokenRequests(app) - requestsBefore - 1;
  assert.equal(counts.useless_retries, 0, 'a dead token was retried');
  const account = await findAccount(app.deps.db, id);
  assert.equal(account?.status, 'needs_reauth');
  assert.ok(account.statusReason, 'no reason was stored');
  counts.reauth += 1;
  await connectAs(app.deps, PERSON);
}

const requestFor = (app: TestApp, id: AccountId, callers: number) => ({ accountId: id, callers, nowMs: app.clock.now().getTime() });
const refusalsOf = (result: RaceResult | 'died') => (result === 'died' ? ['died'] : result.refusals);
const tokenRequests = (app: TestApp) =>
  Object.entries(app.spotify.totals()).reduce((sum, [what, count]) => sum + (what.includes('/api/token') ? count : 0), 0);
const versionOf = async (app: TestApp, id: AccountId) => (await findAccount(app.deps.db, id))?.tokenVersion ?? 0;
