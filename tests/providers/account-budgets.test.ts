import { accounts } from '#drizzle/schema/index.ts';
import type { Deps } from '#server/deps.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { listRateLimitEvents } from '#server/repos/operations/rate-limit-events.ts';
import { listRequestUse } from '#server/repos/limits/request-use.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import type { AccountId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectAs } from '#tests/support/processes/instance.ts';
import { startInstances } from '#tests/support/processes/instances.ts';

const APP = 'spotify:segue';
const never = new AbortController().signal;

async function connect(deps: Deps, person: string): Promise<AccountId> {
  await connectAs(deps, person);
  const accountRows = await listAccountsWithLoad(deps.db);
  const account = accountRows.find(({ spotifyUserId }) => spotifyUserId === person);
  if (!account) throw new Error(`The account of ${person} is not connected.`);
  return account.id;
}

const list = (deps: Deps, id: AccountId, signal = never) =>
  withAccessToken(deps, id, (token) => deps.playlistHost.listOwnPlaylists({ token, budget: deps.accountBudget(id) }, 'segue-north', signal));

test('an account’s own request limit applies to all processes and does not slow down other accounts', async () => {
  await using instances = await startInstances();
  const [one, other] = [instances.another(), instances.another()];
  const [north, south] = [await connect(one, 'segue-north'), await connect(one, 'segue-south')];
  await one.db.update(accounts).set({ requestsPerMinute: 1 }).where(eq(accounts.id, north));
  await list(one, north);
  const giveUp = new AbortController();
  const waiting = list(other, north, giveUp.signal);
  const first = await Promise.race([waiting.then(() => 'sent'), wait(50, 'waits')]);
  expect(first).toBe('waits');
  await list(other, south);
  giveUp.abort(new Error('The caller gave up.'));
  await expect(waiting).rejects.toMatchObject({ context: { kind: 'Stopped' } });
});

test('requests and rate limits of an account count for the account and for the app', async () => {
  await using instances = await startInstances();
  const instance = instances.another();
  const id = await connect(instance, 'segue-north');
  await list(instance, id);
  await list(instance, id);
  instances.spotify.failNext({ path: '/me/playlists', status: 429, retryAfter: 120 });
  await expect(list(instance, id)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await listRateLimitEvents(instance.db, new Date(0), 10)).toMatchObject([{ bucket: APP, accountId: id }]);
  await instance.close();
  const laterInstance = instances.another();
  const used = await listRequestUse(laterInstance.db, new Date(0));
  const sumOf = (bucket: string) => used.filter((row) => row.bucket === bucket).reduce((sum, { requests }) => sum + requests, 0);
  expect(sumOf(`spotify:account:${id}`)).toBe(3);
  // Three of the account, and two for connecting it: the code exchange and the profile.
  expect(sumOf(APP)).toBe(5);
});
