import { accounts } from '#drizzle/schema/index.ts';
import { accountBucket } from '#server/repos/accounts/account-limits.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { listAccountAlerts } from '#server/use-cases/accounts/list-account-alerts.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { dayOf } from '#shared/domain/days.ts';
import { eq, sql } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAccounts } from '#tests/support/spotify/connected-accounts.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from '#tests/support/network/published-network.ts';

const START = '2026-11-21T12:00:00Z';
const DAY_MS = 86_400_000;
/** Six months after the start. */
const END_MS = Date.parse('2027-05-21T12:00:00Z');

/** A minute after the moment with this many days left. */
const daysBefore = (app: TestApp, days: number) => app.clock.set(new Date(END_MS + 60_000 - days * DAY_MS).toISOString());
const key = (id: string) => ({ id, key: randomBytes(32) });
const agreedDaysAgo = (app: TestApp, id: string, days: number) =>
  app.deps.db.execute(sql`update accounts set authorized_at = authorized_at - make_interval(days => ${days}) where id = ${id}`);

describe('the re-authorization calendar', () => {
  test.for([
    [31, null],
    [30, 'info'],
    [15, 'info'],
    [14, 'warning'],
    [7, 'warning'],
    [3, 'critical'],
    [0, 'critical'],
  ] as const)('%i days before the authorization expires it warns with %s', async ([days, level]) => {
    await using app = await startTestApp({ at: START });
    const [north] = await connectAccounts(app.deps, 'segue-north');
    daysBefore(app, days);
    const alerts = await listAccountAlerts(app.deps);
    expect(alerts.map((alert) => [alert.key, alert.level])).toEqual(level === null ? [] : [[`account:${north!.id}:reauth`, level]]);
    const [account] = (await app.admin.playlistAdmin.accounts.tokenCalendar()).accounts;
    expect(account).toMatchObject({ displayName: 'Segue North', reauthOn: '2027-05-21', level });
    expect(account?.daysLeft).toBe(days);
  });

  test('says why an account expired, which playlists depend on it, and whether a reconnect link is open', async () => {
    await using app = await startTestApp({ at: START });
    const [north] = await connectAccounts(app.deps, 'segue-north');
    await app.deps.db.update(accounts).set({ status: 'needs_reauth', statusReason: 'It was taken back.' });
    const read = async () => (await listAccountAlerts(app.deps))[0];
    expect(await read()).toMatchObject({
      level: 'critical',
      what: 'Segue North must be re-authorized',
      detail: 'It was taken back. Send its owner a reconnect link.',
      action: { href: `/admin/accounts?account=${north!.id}` },
    });
    await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: north!.id });
    expect((await read())?.detail).toBe('It was taken back. A reconnect link is valid until 28 November.');
  });

  test('advises reconnecting now the accounts that would expire together, and stops advising once they are reconnected', async () => {
    await using app = await startTestApp({ at: START });
    const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south', 'segue-east');
    await agreedDaysAgo(app, north!.id, 100);
    await agreedDaysAgo(app, south!.id, 98);
    const { advice } = await app.admin.playlistAdmin.accounts.tokenCalendar();
    expect(advice).toMatchObject([{ displayName: 'Segue South', reconnectOn: '2026-11-28', isNow: false }]);
    app.clock.advance(7 * DAY_MS);
    expect((await listAccountAlerts(app.deps)).map(({ what, detail }) => [what, detail])).toEqual([
      ['Several authorizations expire in the same week', 'Re-authorize Segue South today to move its expiry away from the others.'],
    ]);
    await connectAccounts(app.deps, 'segue-south');
    expect((await app.admin.playlistAdmin.accounts.tokenCalendar()).advice).toEqual([]);
    expect(await listAccountAlerts(app.deps)).toEqual([]);
  });

  test('warns of tokens that no key opens, and of an older key that is still needed', async () => {
    await using app = await startTestApp({ at: START });
    const [north] = await connectAccounts(app.deps, 'segue-north');
    const lost = await listAccountAlerts({ ...app.deps, sealer: createSealer([key('fresh')]) });
    expect(lost).toMatchObject([{ key: `account:${north!.id}:unreadable`, level: 'critical', detail: expect.stringContaining('“test”') }]);
    const both = await listAccountAlerts({ ...app.deps, sealer: createSealer([key('fresh'), key('test')]) });
    expect(both).toMatchObject([{ key: 'accounts:old_key', level: 'info', detail: expect.stringContaining('npm run keys:rotate') }]);
  });
});

describe('the operator’s page of an account', () => {
  test('shows its requests per hour and every rate limit', async () => {
    await using app = await startTestApp({ at: START });
    const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
    const bucket = accountBucket(north!.id);
    const until = '2026-11-21T13:00:00Z';
    await app.deps.db.execute(
      sql`insert into request_use (bucket, hour, requests) values (${bucket}, '2026-11-21T12:00:00Z', 7), (${bucket}, '2026-11-21T04:00:00Z', 30), (${bucket}, '2026-11-19T04:00:00Z', 99)`,
    );
    await app.deps.db.execute(
      sql`insert into rate_buckets (key, arrival_ms, limited_until, limited_why) values (${bucket}, 0, ${until}, 'Spotify answered 429')`,
    );
    await app.deps.db.execute(sql`insert into rate_limit_events (bucket, account_id, at, until, why) values
      (${bucket}, ${north!.id}, '2026-11-21T11:00:00Z', ${until}, 'Spotify answered 429'), ('spotify:testclient', ${south!.id}, '2026-11-20T11:00:00Z', ${until}, 'x')`);
    await app.admin.playlistAdmin.accounts.change({ accountId: north!.id, maxPlaylists: 50, requestsPerMinute: 30 });
    const { account, budget, missingScopes } = await app.admin.playlistAdmin.accounts.detail({ accountId: north!.id });
    expect(account).toMatchObject({ status: 'limited', limitedUntil: new Date(until).toISOString(), maxPlaylists: 50, requestsPerMinute: 30 });
    expect(budget).toMatchObject({
      perMinute: 30,
      lastHour: 7,
      lastDay: 37,
      blockedUntil: new Date(until).toISOString(),
      blockedReason: 'Spotify answered 429',
    });
    expect(budget.hours).toHaveLength(24);
    expect(budget.hours.at(-1)).toEqual({ hour: '2026-11-21T12:00:00.000Z', requests: 7 });
    expect(budget.rateLimits).toHaveLength(1);
    expect(missingScopes).toEqual([]);
    const other = await app.admin.playlistAdmin.accounts.detail({ accountId: south!.id });
    expect(other.budget).toMatchObject({ lastDay: 0, blockedUntil: null, rateLimits: [{ why: 'x' }] });
  });

  test('refuses invalid limits and names the field', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    for (const [field, value] of [
      ['maxPlaylists', -1],
      ['maxPlaylists', 1.5],
      ['maxPlaylists', 11_001],
      ['requestsPerMinute', 0],
    ] as const) {
      const input = { accountId: north!.id, maxPlaylists: 10, requestsPerMinute: null, [field]: value };
      await expect(app.admin.playlistAdmin.accounts.change(input)).rejects.toThrow(field);
    }
    const [row] = await app.deps.db.select().from(accounts).where(eq(accounts.id, north!.id));
    expect(row).toMatchObject({ maxPlaylists: 200, requestsPerMinute: null });
  });
});

test('the public page of an account shows its name and the playlists it hosts, and nothing else about its owner; a playlist says which account hosts it', async () => {
  await using app = await startTestApp({ at: START });
  const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 30));
  const today = dayOf(app.clock.now());
  for (const index of [1, 2])
    await publish(app.deps.db, { playlistId: await seedPlaylist(app.deps.db, index), day: today, tracks: tracks.slice(index * 10, index * 10 + 10) });
  await app.deps.db.update(accounts).set({ maxPlaylists: 0 }).where(eq(accounts.id, south!.id));
  await syncPlaylists(app.deps, { day: today, signal: new AbortController().signal });
  const anonymous = app.as({ kind: 'anonymous' });
  const page = await anonymous.playlistAdmin.accounts.publicPage({ accountId: north!.id });
  expect(Object.keys(page).toSorted()).toEqual(['displayName', 'freshToday', 'id', 'playlists', 'today']);
  expect(page).toMatchObject({ displayName: 'Segue North', playlists: [{ index: 1 }, { index: 2 }], freshToday: 2 });
  expect((await anonymous.playlistAdmin.accounts.publicPage({ accountId: south!.id })).playlists).toEqual([]);
  const hosts = async () => (await anonymous.playlists.playlist({ index: 1 })).replicas.map(({ accountId, account }) => [accountId, account]);
  expect(await hosts()).toEqual([[north!.id, 'Segue North']]);
  const { hash } = await app.admin.playlistAdmin.accounts.previewDisconnect({ accountId: north!.id });
  await app.admin.playlistAdmin.accounts.disconnect({ accountId: north!.id, hash });
  expect(await hosts()).toEqual([]);
});
