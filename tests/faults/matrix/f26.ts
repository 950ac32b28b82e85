import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-alerts.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import assert from 'node:assert/strict';
import { startTestApp } from '../../support/app.ts';
import type { TestApp } from '../../support/app.ts';
import { accountOf, connectAccounts } from '#tests/support/spotify/connected-accounts.ts';
import type { Fault } from './fault.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = ['segue-north', 'segue-south', 'segue-east', 'mara'] as const;

/** Ways an authorization ends, with the reason that is stored. `others` are re-authorized where it takes months. */
const ENDINGS = {
  revoked: { reason: /ended the authorization early/, cause: async (app: TestApp, person: string) => app.spotify.revoke(person) },
  expired: {
    reason: /expired after six months/,
    cause: async (app: TestApp, _person: string, others: readonly string[]) => {
      app.clock.advance(100 * DAY_MS);
      await connectAccounts(app.deps, ...others);
      app.clock.advance(90 * DAY_MS);
    },
  },
  reduced: {
    reason: /missing: playlist-modify-private/,
    cause: async (app: TestApp, person: string) => app.spotify.reduceScopes(person, ['playlist-read-private']),
  },
  closed: { reason: /closed the account/, cause: async (app: TestApp, person: string) => app.spotify.deletePerson(person) },
} as const;
type Ending = keyof typeof ENDINGS;
const KINDS = Object.keys(ENDINGS) as Ending[];

/** F26: an authorization expires after six months, is revoked, is reduced, or ends with its account. */
export const f26: Fault = {
  name: 'F26',
  what: 'an ended authorization is tried once and never retried, is reported with its reason, and other accounts keep working',
  smallDose: KINDS.length,
  run: async ({ dose, seed, report: say }) => {
    const random = seededRandom(seed);
    await using app = await startTestApp();
    await connectAccounts(app.deps, ...PEOPLE);
    const counts = { ended: 0, retries: 0, others_kept_working: 0 };
    for (let round = 0; round < dose; round += 1) {
      const [kind, victim] = [KINDS[round % KINDS.length] ?? 'revoked', random.pick(PEOPLE)];
      const others = PEOPLE.filter((person) => person !== victim);
      const account = await accountOf(app.deps, victim);
      await ENDINGS[kind].cause(app, victim, others);
      app.clock.advance(HOUR_MS);
      counts.retries += await refreshTwice(app, {
        kind,
        ended: account,
        others: await Promise.all(others.map((person) => accountOf(app.deps, person))),
      });
      counts.ended += 1;
      counts.others_kept_working += others.length;
      say(`${kind} on ${victim}: marked, not retried; ${others.length} others kept working`);
      if (kind === 'closed') app.spotify.addPerson(victim, victim);
      await connectAccounts(app.deps, victim);
    }
    return counts;
  },
};

/** Runs the job and callers twice after the authorization ended. Returns the number of requests for the account after the first. */
async function refreshTwice(app: TestApp, { kind, ended, others }: { kind: Ending; ended: Account; others: readonly Account[] }): Promise<number> {
  const before = tokenRequests(app);
  await refreshTokens(app.deps, { signal: new AbortController().signal });
  assert.equal(tokenRequests(app) - before, others.length + 1, 'each account should have been requested once');
  const marked = await findAccount(app.deps.db, ended.id);
  assert.equal(marked?.status, 'needs_reauth');
  assert.match(marked.statusReason ?? '', ENDINGS[kind].reason);
  const alerts = await listAccountAlerts(app.deps);
  assert.ok(
    alerts.some(({ key, level }) => key === `account:${ended.id}:reauth` && level === 'critical'),
    'the operator was not alerted',
  );
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => withAccessToken(app.deps, ended.id, (token) => Promise.resolve(token))));
  assert.ok(tries.every(({ status }) => status === 'rejected'));
  app.clock.advance(HOUR_MS);
  const afterwards = tokenRequests(app);
  await refreshTokens(app.deps, { signal: new AbortController().signal });
  const retries = tokenRequests(app) - afterwards - others.length;
  assert.equal(retries, 0, 'an ended authorization was retried');
  for (const account of others)
    await withAccessToken(app.deps, account.id, (token) => app.deps.spotifyAccounts.identify(token, AbortSignal.timeout(60_000)));
  const states = new Map((await listAccounts(app.deps, SYSTEM)).map(({ id, status }) => [id, status]));
  for (const account of others) assert.equal(states.get(account.id), 'active');
  return retries;
}

const tokenRequests = (app: TestApp) =>
  Object.entries(app.spotify.totals()).reduce((sum, [what, count]) => sum + (what.includes('/api/token') ? count : 0), 0);
