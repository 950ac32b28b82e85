import { findAccount } from '#server/repos/accounts/accounts.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { AccountId } from '#shared/ids.ts';
import assert from 'node:assert/strict';
import { startTestApp } from '../../support/app.ts';
import type { TestApp } from '../../support/app.ts';
import { connectAs } from '#tests/support/processes/house.ts';
import { accountOf } from '#tests/support/spotify/lent-accounts.ts';
import { startRacer } from '#tests/support/spotify/token-racers.ts';
import type { RaceAnswer } from '#tests/support/spotify/token-racers.ts';
import type { Fault } from './fault.ts';

const HOUR_MS = 3_600_000;
const PERSON = 'segue-north';
const PROCESSES = 3;
const CALLERS_MAX = 34;
/** One crash for so many races. */
const RACES_A_CRASH = 10;
/** With a secret refresh tokens stay as they are; without one each is good once, and a crash between exchange and commit loses the new one. */
const FLOWS = [
  { name: 'confidential', secret: 'of-no-consequence' },
  { name: 'PKCE', secret: '' },
] as const;
const POINTS = ['refresh.after_exchange', 'refresh.before_commit'];
const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

type Counts = { races: number; refreshes: number; crashes: number; recovered: number; reauth: number; asked_again_in_vain: number };

/** F25: three processes race for one account's token, and one dies between Spotify's answer and our commit. */
export const f25: Fault = {
  name: 'F25',
  what: 'a token is refreshed once an expiry however many processes race, and a crash in between recovers or ends with a reason, never in a loop',
  smallDose: 4,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    const counts: Counts = { races: 0, refreshes: 0, crashes: 0, recovered: 0, reauth: 0, asked_again_in_vain: 0 };
    for (const flow of FLOWS) await runFlow(flow, { races: Math.ceil(dose / FLOWS.length), random, counts });
    say(
      `${counts.races} races of ${PROCESSES} processes, ${counts.crashes} crashes: ${counts.recovered} recovered, ${counts.reauth} need their owner`,
    );
    return counts;
  },
};

interface Scene {
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
  const place = { databaseUrl: app.databaseUrl, sandbox: app.sandbox.env, variables };
  const racers = Array.from({ length: PROCESSES }, () => startRacer(place));
  await using _ = { [Symbol.asyncDispose]: async () => void (await Promise.all(racers.map((racer) => racer[Symbol.asyncDispose]()))) };
  const scene: Scene = { app, id, racers, random: run.random };
  for (let race = 0; race < run.races; race += 1) {
    run.counts.refreshes += await raceOnce(scene);
    run.counts.races += 1;
    if (race % RACES_A_CRASH !== 0) continue;
    const point = run.random.pick(POINTS);
    await using doomed = startRacer({ ...place, variables: { ...variables, FAULT_AT: `${point}:1` } });
    await crashOnce(scene, doomed, { counts: run.counts, isRotating: flow.name === 'PKCE' });
  }
}

/** All processes ask at once after the token's end: one request, one token for everybody, one new version. Answers how many requests it took. */
async function raceOnce({ app, id, racers, random }: Scene): Promise<number> {
  app.clock.advance(HOUR_MS);
  const before = await versionOf(app, id);
  const asked = tokenRequests(app);
  const answers = await Promise.all(racers.map((racer) => racer.race(orderFor(app, id, 1 + random.below(CALLERS_MAX)))));
  const took = tokenRequests(app) - asked;
  assert.equal(took, 1, `one expiry took ${took} refreshes`);
  const tokens = new Set(answers.flatMap((one) => (one === 'died' ? [] : one.tokens)));
  assert.equal(tokens.size, 1, `${tokens.size} tokens were handed out`);
  assert.deepEqual(answers.flatMap(refusalsOf), [], 'a caller was refused');
  assert.equal(await versionOf(app, id), before + 1, 'the version does not count the refresh');
  return took;
}

async function crashOnce(
  { app, id, racers }: Scene,
  doomed: ReturnType<typeof startRacer>,
  { counts, isRotating }: { counts: Counts; isRotating: boolean },
): Promise<void> {
  app.clock.advance(HOUR_MS);
  assert.equal(await doomed.race(orderFor(app, id, 1)), 'died', 'the process should have died');
  counts.crashes += 1;
  const asked = tokenRequests(app);
  const answers = await Promise.all(racers.map((racer) => racer.race(orderFor(app, id, 5))));
  assert.equal(tokenRequests(app) - asked, 1, 'after the crash one request should have settled it');
  if (!isRotating) {
    assert.deepEqual(answers.flatMap(refusalsOf), [], 'a crash should have cost nothing');
    counts.recovered += 1;
    return;
  }
  // The new refresh token died with the process, the old one is spent: only its owner can help, and nobody asks Spotify again.
  const refusals = answers.flatMap(refusalsOf);
  assert.deepEqual(new Set(refusals), new Set(['reauth_required']));
  await Promise.all(racers.map((racer) => racer.race(orderFor(app, id, 5))));
  counts.asked_again_in_vain += tokenRequests(app) - asked - 1;
  assert.equal(counts.asked_again_in_vain, 0, 'a dead token was tried again');
  const account = await findAccount(app.deps.db, id);
  assert.equal(account?.status, 'needs_reauth');
  assert.ok(account.statusReason, 'no reason was kept');
  counts.reauth += 1;
  await connectAs(app.deps, PERSON);
}

const orderFor = (app: TestApp, id: AccountId, callers: number) => ({ accountId: id, callers, nowMs: app.clock.now().getTime() });
const refusalsOf = (answer: RaceAnswer | 'died') => (answer === 'died' ? ['died'] : answer.refusals);
const tokenRequests = (app: TestApp) =>
  Object.entries(app.spotify.totals()).reduce((sum, [what, count]) => sum + (what.includes('/api/token') ? count : 0), 0);
const versionOf = async (app: TestApp, id: AccountId) => (await findAccount(app.deps.db, id))?.tokenVersion ?? 0;
