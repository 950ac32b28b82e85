import { SYSTEM } from '#server/actor.ts';
import { findAccount } from '#server/repos/accounts/accounts.ts';
import { accountBucket } from '#server/repos/accounts/account-limits.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { refreshTokens } from '#server/use-cases/accounts/refresh-tokens.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { AppError } from '#shared/errors.ts';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { startTestApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { connectAccounts, reauthorizeAs } from '#tests/support/spotify/connected-accounts.ts';

const MINUTE_MS = 60_000;
const SPOTIFY_USERS = ['segue-north', 'segue-south', 'segue-east'];

const run = (app: TestApp) => refreshTokens(app.deps, { signal: new AbortController().signal });
const tokenRequests = (app: TestApp) => app.spotify.requests({ path: '/api/token' }).length;

describe('refreshing access tokens', () => {
  test('skips a new token, schedules a refresh for one that will be old before the next run, and refreshes one past 80% of its life', async () => {
    await using app = await startTestApp();
    await connectAccounts(app.deps, ...SPOTIFY_USERS);
    const before = tokenRequests(app);
    expect(await run(app)).toMatchObject({ refreshed: 0, arranged: 0, outcome: 'No token is due for a refresh.' });
    app.clock.advance(25 * MINUTE_MS);
    expect(await run(app)).toMatchObject({ refreshed: 0, arranged: 3 });
    expect(tokenRequests(app)).toBe(before);
    const refreshes = await app.deps.db.execute<{ run_at: Date; lives_for: number }>(sql`
      select j.run_at, extract(epoch from a.access_expires_at - j.run_at)::float8 / 60 as lives_for
      from graphile_worker.jobs j join accounts a on j.key = 'refresh:' || a.id where j.task_identifier = 'refresh-tokens'`);
    expect(refreshes.rows).toHaveLength(3);
    for (const { lives_for: minutesLeft } of refreshes.rows) expect(minutesLeft).toSatisfy((minutes: number) => minutes >= 12 && minutes <= 16);
    expect(new Set(refreshes.rows.map(({ run_at: at }) => String(at))).size).toBe(3);
    app.clock.advance(23 * MINUTE_MS);
    expect(await run(app)).toMatchObject({ refreshed: 3, arranged: 0, outcome: '3 accounts refreshed.' });
    expect(tokenRequests(app)).toBe(before + 3);
    expect(await run(app)).toMatchObject({ refreshed: 0 });
  });

  test('is a scheduled job that people can follow, and a refresh of one account asks for that one alone', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, ...SPOTIFY_USERS);
    app.clock.advance(55 * MINUTE_MS);
    const before = tokenRequests(app);
    await refreshTokens(app.deps, { accountId: north!.id, signal: new AbortController().signal });
    expect(tokenRequests(app)).toBe(before + 1);
    await app.admin.operations.jobs.run({ task: 'refresh-tokens' });
    await app.runJobs();
    expect(tokenRequests(app)).toBe(before + 3);
    const [newest] = await app.admin.operations.jobs.list({ limit: 1 });
    expect(newest).toMatchObject({ task: 'refresh-tokens', status: 'done', outcome: '2 accounts refreshed.' });
  });

  test('asks once for an account whose authorization has expired, never again, and continues with the others', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, ...SPOTIFY_USERS);
    app.spotify.revoke('segue-north');
    app.clock.advance(60 * MINUTE_MS);
    const before = tokenRequests(app);
    expect(await run(app)).toMatchObject({ refreshed: 2, ended: 1, failed: 0 });
    expect(tokenRequests(app)).toBe(before + 3);
    expect(await findAccount(app.deps.db, north!.id)).toMatchObject({
      status: 'needs_reauth',
      statusReason: 'Spotify ended the authorization early: the owner revoked it or closed the account.',
      statusChangedAt: expect.any(Date),
    });
    app.clock.advance(60 * MINUTE_MS);
    expect(await run(app)).toMatchObject({ refreshed: 2, ended: 0 });
    expect(tokenRequests(app)).toBe(before + 5);
  });

  test('says so for an account six months after its owner authorized it', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    app.clock.advance(190 * 24 * 60 * MINUTE_MS);
    expect(await run(app)).toMatchObject({ ended: 1 });
    expect((await findAccount(app.deps.db, north!.id))?.statusReason).toMatch(/^The authorization of \d+ \w+ \d{4} expired after six months\.$/);
  });

  test('of an account that its owner closed at Spotify ends, with the reason and without a loop', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
    app.spotify.deletePerson('segue-north');
    const identifying = withAccessToken(app.deps, north!.id, (token) => app.deps.spotifyAccounts.identify(token, AbortSignal.timeout(60_000)));
    await expect(identifying).rejects.toMatchObject({ code: 'reauth_required' });
    const before = tokenRequests(app);
    expect(await run(app)).toMatchObject({ ended: 0 });
    expect(tokenRequests(app)).toBe(before);
    expect(await findAccount(app.deps.db, north!.id)).toMatchObject({
      status: 'needs_reauth',
      statusReason: expect.stringContaining('closed the account'),
    });
    await expect(reauthorizeAs(app.deps, north!.id, 'segue-north')).rejects.toThrow('did not accept the consent');
  });

  test('with fewer scopes than before stops the account, names them, and stores no token with partial access', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    app.spotify.reduceScopes('segue-north', ['playlist-read-private']);
    app.clock.advance(60 * MINUTE_MS);
    expect(await run(app)).toMatchObject({ ended: 1 });
    expect(await findAccount(app.deps.db, north!.id)).toMatchObject({
      status: 'needs_reauth',
      sealedAccessToken: null,
      scopes: ['playlist-read-private'],
      statusReason: expect.stringContaining('playlist-modify-private, playlist-modify-public'),
    });
  });

  test('waits for the next run when Spotify does not answer, and marks no account', async () => {
    await using app = await startTestApp();
    const accounts = await connectAccounts(app.deps, 'segue-north', 'segue-south');
    app.clock.advance(60 * MINUTE_MS);
    app.spotify.failNext({ service: 'accounts', status: 503, times: 1 });
    expect(await run(app)).toMatchObject({ refreshed: 1, failed: 1, ended: 0 });
    for (const { id } of accounts) expect(await findAccount(app.deps.db, id)).toMatchObject({ status: 'active' });
    expect(await run(app)).toMatchObject({ refreshed: 1, failed: 0 });
  });

  test('does not touch an account that is disabled', async () => {
    await using app = await startTestApp();
    const [north] = await connectAccounts(app.deps, 'segue-north');
    await app.admin.playlistAdmin.accounts.switch({ accountId: north!.id, isEnabled: false });
    app.clock.advance(60 * MINUTE_MS);
    const before = tokenRequests(app);
    await run(app);
    expect(tokenRequests(app)).toBe(before);
    await expect(withAccessToken(app.deps, north!.id, () => Promise.resolve(1))).rejects.toMatchObject({ code: 'conflict' });
  });
});

const refuse =
  (code: 'forbidden' | 'rate_limited', kind: string, facts: object = {}) =>
  () =>
    Promise.reject(new AppError(code, { message: 'No.', context: { kind, ...facts } }));

test('a scope found missing during work stops the account, unless it is only the one for pictures', async () => {
  await using app = await startTestApp();
  const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
  const missing = refuse('forbidden', 'InsufficientScope');
  await expect(withAccessToken(app.deps, north!.id, missing)).rejects.toMatchObject({ code: 'reauth_required' });
  expect(await findAccount(app.deps.db, north!.id)).toMatchObject({ status: 'needs_reauth' });
  const { scopes } = (await findAccount(app.deps.db, south!.id))!;
  const noPictures = refuse('forbidden', 'InsufficientScope', { scope: 'ugc-image-upload' });
  await expect(withAccessToken(app.deps, south!.id, noPictures)).rejects.toMatchObject({ code: 'forbidden' });
  const others = scopes.filter((scope) => scope !== 'ugc-image-upload');
  expect([scopes.length - others.length, await findAccount(app.deps.db, south!.id)]).toMatchObject([1, { status: 'active', scopes: others }]);
});

test('an account is limited while its own budget is blocked, and active again automatically', async () => {
  await using app = await startTestApp();
  const [north, south] = await connectAccounts(app.deps, 'segue-north', 'segue-south');
  const until = new Date(app.clock.now().getTime() + 20 * MINUTE_MS);
  await app.deps.db.execute(sql`insert into rate_buckets (key, arrival_ms, limited_until, limited_why)
    values (${accountBucket(north!.id)}, 0, ${until.toISOString()}::timestamptz, 'Spotify answered 429')`);
  await expect(withAccessToken(app.deps, north!.id, refuse('rate_limited', 'RateLimited'))).rejects.toMatchObject({ code: 'rate_limited' });
  expect(await findAccount(app.deps.db, north!.id)).toMatchObject({
    status: 'limited',
    statusReason: expect.stringMatching(/rate-limited this account until \d+ \w+, \d\d:\d\d UTC/),
  });
  expect(await findAccount(app.deps.db, south!.id)).toMatchObject({ status: 'active' });
  expect((await listAccounts(app.deps, SYSTEM)).map(({ limitedUntil }) => limitedUntil)).toEqual([until.toISOString(), null]);
  app.clock.advance(21 * MINUTE_MS);
  expect((await listAccounts(app.deps, SYSTEM)).map(({ status }) => status)).toEqual(['active', 'active']);
});
