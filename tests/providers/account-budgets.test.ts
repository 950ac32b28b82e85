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
import { connectAs } from '#tests/support/processes/house.ts';
import { startHouses } from '#tests/support/processes/two-houses.ts';

const APP = 'spotify:segue';
const never = new AbortController().signal;

async function lend(deps: Deps, person: string): Promise<AccountId> {
  await connectAs(deps, person);
  const all = await listAccountsWithLoad(deps.db);
  const account = all.find(({ spotifyUserId }) => spotifyUserId === person);
  if (!account) throw new Error(`${person} lends no account.`);
  return account.id;
}

const list = (deps: Deps, id: AccountId, signal = never) =>
  withAccessToken(deps, id, (token) => deps.playlistHost.listOwnPlaylists({ token, budget: deps.accountBudget(id) }, 'segue-north', signal));

test('an account with a pace of its own keeps it, whichever process asks, while other accounts go on', async () => {
  await using houses = await startHouses();
  const [one, other] = [houses.another(), houses.another()];
  const [north, south] = [await lend(one, 'segue-north'), await lend(one, 'segue-south')];
  await one.db.update(accounts).set({ requestsPerMinute: 1 }).where(eq(accounts.id, north));
  await list(one, north);
  const giveUp = new AbortController();
  const waiting = list(other, north, giveUp.signal);
  const first = await Promise.race([waiting.then(() => 'sent'), wait(50, 'waits')]);
  expect(first).toBe('waits');
  await list(other, south);
  giveUp.abort(new Error('Nobody waits here.'));
  await expect(waiting).rejects.toMatchObject({ context: { kind: 'Stopped' } });
});

test('requests for an account count for it and for the app, and so does being told to stop', async () => {
  await using houses = await startHouses();
  const house = houses.another();
  const id = await lend(house, 'segue-north');
  await list(house, id);
  await list(house, id);
  houses.spotify.failNext({ path: '/me/playlists', status: 429, retryAfter: 120 });
  await expect(list(house, id)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await listRateLimitEvents(house.db, new Date(0), 10)).toMatchObject([{ bucket: APP, accountId: id }]);
  await house.close();
  const later = houses.another();
  const used = await listRequestUse(later.db, new Date(0));
  const sumOf = (bucket: string) => used.filter((row) => row.bucket === bucket).reduce((sum, { requests }) => sum + requests, 0);
  expect(sumOf(`spotify:account:${id}`)).toBe(3);
  // The three of the account, and two for connecting it: the code and who it is.
  expect(sumOf(APP)).toBe(5);
});
