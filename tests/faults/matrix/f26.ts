import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listAccountTroubles } from '#server/use-cases/accounts/list-account-troubles.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import assert from 'node:assert/strict';
import { startTestApp } from '../../support/app.ts';
import type { TestApp } from '../../support/app.ts';
import { accountOf, lend } from '#tests/support/spotify/lent-accounts.ts';
import type { Fault } from './fault.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = ['segue-north', 'segue-south', 'segue-east', 'mara'] as const;

/** What becomes of one account's permission, and what is said of it. `others` are connected again where the way there takes months. */
const ENDS = {
  revoked: { reason: /ended the authorization early/, bring: async (app: TestApp, person: string) => app.spotify.revoke(person) },
  expired: {
    reason: /expired after six months/,
    bring: async (app: TestApp, _person: string, others: readonly string[]) => {
      app.clock.advance(100 * DAY_MS);
      await lend(app.deps, ...others);
      app.clock.advance(90 * DAY_MS);
    },
  },
  reduced: {
    reason: /missing: playlist-modify-private/,
    bring: async (app: TestApp, person: string) => app.spotify.reduceScopes(person, ['playlist-read-private']),
  },
  closed: { reason: /closed the account/, bring: async (app: TestApp, person: string) => app.spotify.deletePerson(person) },
} as const;
type End = keyof typeof ENDS;
const KINDS = Object.keys(ENDS) as End[];

/** F26: a permission ends by six months, by hand, by half, or with its account. */
export const f26: Fault = {
  name: 'F26',
  what: 'a permission that has ended is asked about once and never retried, is told with its reason, and the other accounts go on',
  smallDose: KINDS.length,
  run: async ({ dose, seed, say }) => {
    const random = seededRandom(seed);
    await using app = await startTestApp();
    await lend(app.deps, ...PEOPLE);
    const counts = { ended: 0, retries: 0, others_went_on: 0 };
    for (let round = 0; round < dose; round += 1) {
      const [kind, victim] = [KINDS[round % KINDS.length] ?? 'revoked', random.pick(PEOPLE)];
      const others = PEOPLE.filter((person) => person !== victim);
      const dead = await accountOf(app.deps, victim);
      await ENDS[kind].bring(app, victim, others);
      app.clock.advance(HOUR_MS);
      counts.retries += await meet(app, { kind, dead, alive: await Promise.all(others.map((person) => accountOf(app.deps, person))) });
      counts.ended += 1;
      counts.others_went_on += others.length;
      say(`${kind} on ${victim}: marked, not asked again; ${others.length} others went on`);
      if (kind === 'closed') app.spotify.addPerson(victim, victim);
      await lend(app.deps, victim);
    }
    return counts;
  },
};

/** Runs the job and callers into the end, twice; answers how many requests beyond the first went out for the dead account. */
async function meet(app: TestApp, { kind, dead, alive }: { kind: End; dead: Account; alive: readonly Account[] }): Promise<number> {
  const before = tokenRequests(app);
  await refreshTokens(app.deps, { signal: new AbortController().signal });
  assert.equal(tokenRequests(app) - before, alive.length + 1, 'each account should have been asked for once');
  const marked = await findAccount(app.deps.db, dead.id);
  assert.equal(marked?.status, 'needs_reauth');
  assert.match(marked.statusReason ?? '', ENDS[kind].reason);
  const troubles = await listAccountTroubles(app.deps);
  assert.ok(
    troubles.some(({ key, level }) => key === `account:${dead.id}:reauth` && level === 'critical'),
    'the operator was not told',
  );
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => withAccessToken(app.deps, dead.id, (token) => Promise.resolve(token))));
  assert.ok(tries.every(({ status }) => status === 'rejected'));
  app.clock.advance(HOUR_MS);
  const afterwards = tokenRequests(app);
  await refreshTokens(app.deps, { signal: new AbortController().signal });
  const retries = tokenRequests(app) - afterwards - alive.length;
  assert.equal(retries, 0, 'a dead permission was tried again');
  for (const account of alive)
    await withAccessToken(app.deps, account.id, (token) => app.deps.spotifyAccounts.identify(token, AbortSignal.timeout(60_000)));
  const states = new Map((await listAccounts(app.deps, SYSTEM)).map(({ id, status }) => [id, status]));
  for (const account of alive) assert.equal(states.get(account.id), 'active');
  return retries;
}

const tokenRequests = (app: TestApp) =>
  Object.entries(app.spotify.totals()).reduce((sum, [what, count]) => sum + (what.includes('/api/token') ? count : 0), 0);
