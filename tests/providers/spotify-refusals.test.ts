import { expect, test } from 'vitest';
import { startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';

const PREMIUM = 'Active premium subscription required for the owner of the app. When the subscription status changes, it can take a few hours.';
const errorBody = (status: number, message: string) => ({ error: { status, message } });

const REFUSALS = [
  ['a bad token', { status: 401, body: errorBody(401, 'Invalid access token') }, { code: 'unauthenticated', kind: 'Unauthorized' }],
  ['an owner without Premium', { status: 403, body: errorBody(403, PREMIUM) }, { code: 'forbidden', kind: 'OwnerPremium' }],
  [
    'a person not on the allowlist, in plain text',
    { status: 403, body: 'User not registered in the Developer Dashboard' },
    { code: 'forbidden', kind: 'UserNotAllowlisted' },
  ],
  ['a missing scope', { status: 403, body: errorBody(403, 'Insufficient client scope') }, { code: 'forbidden', kind: 'InsufficientScope' }],
  ['missing permissions', { status: 401, body: errorBody(401, 'Permissions missing') }, { code: 'forbidden', kind: 'InsufficientScope' }],
  ['a closed endpoint', { status: 403, body: errorBody(403, 'Forbidden') }, { code: 'forbidden', kind: 'EndpointUnavailable' }],
  ['a refusal without a message', { status: 403, body: { error: { status: 403 } } }, { code: 'forbidden', kind: 'EndpointUnavailable' }],
  ['a refusal with JSON null', { status: 403, body: null }, { code: 'forbidden', kind: 'EndpointUnavailable' }],
  ['a bad request', { status: 400, body: errorBody(400, 'Invalid limit') }, { code: 'provider_rejected', kind: 'Rejected' }],
  ['a body that is too large', { status: 413, body: 'Payload too large' }, { code: 'too_large', kind: 'TooLarge' }],
  ['a long 429 in plain text', { status: 429, body: 'Too many requests', retryAfter: 61 }, { code: 'rate_limited', kind: 'RateLimited' }],
] as const;

test.each(REFUSALS)('%s has its own error kind and is requested once', async (_what, fault, { code, kind }) => {
  await using app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  app.sandbox.control.clearRequests();
  app.sandbox.control.failNext({ path: '/me', times: -1, ...fault });
  const error = await app.spotify.accounts.identify(grant.accessToken, app.signal).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'AppError', code, context: { kind } });
  expect((error as Error).message).not.toMatch(/undefined|object Object|\d{3}/);
  expect(app.sandbox.control.requests()).toHaveLength(1);
});

test.each([
  ['an HTML page of a gateway', { status: 502 }],
  ['an error with JSON null', { status: 500, body: null }],
  ['a cut connection', { cut: true }],
  ['a response cut halfway', { cut: 'body' }],
  ['a false “token missing”', { status: 401, body: errorBody(401, 'Access token missing') }],
] as const)('%s is retried until it succeeds', async (_what, fault) => {
  await using app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  app.sandbox.control.failNext({ path: '/me', times: 5, ...fault });
  expect(await app.spotify.accounts.identify(grant.accessToken, app.signal)).toMatchObject({ userId: 'mara', displayName: 'Mara Ellison' });
});

test('a 429 pauses all requests until Retry-After; a short wait is waited out, a long one is left to the queue', async () => {
  const now = new Date('2026-11-21T12:00:00Z');
  await using app = await startSpotifyApp({ now: () => now.getTime() }, { now: () => now });
  const { grant } = await app.signIn('mara');
  app.sandbox.control.failNext({ path: '/me', status: 429, retryAfter: 2 });
  await app.spotify.accounts.identify(grant.accessToken, app.signal);
  expect(app.budget.blocks).toEqual([{ forMs: 2_000, why: 'Spotify answered 429' }]);
  for (const [retryAfter, wait] of [
    ['Sat, 21 Nov 2026 12:10:00 GMT', 600_000],
    [undefined, 30_000],
    ['soon', 30_000],
    ['NaN', 30_000],
  ] as const) {
    app.sandbox.control.failNext({ path: '/me', status: 429, ...(retryAfter ? { retryAfter } : {}) });
    await expect(app.spotify.accounts.identify(grant.accessToken, app.signal)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: wait });
    expect(app.budget.blocks.at(-1)?.forMs).toBe(wait);
  }
});

test('an exhausted daily quota is neither waited out nor retried, and does not block other endpoints', async () => {
  let now = Date.now();
  await using app = await startSpotifyApp({ now: () => now }, { now: () => new Date(now) });
  const { grant } = await app.signIn('mara');
  app.sandbox.control.setQuota('albums', 0);
  app.sandbox.control.clearRequests();
  const read = () => app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal);
  const limited = { code: 'quota_exceeded', retryAfterMs: 61_389_000, context: { kind: 'QuotaExceeded' } };
  await expect(read()).rejects.toMatchObject(limited);
  await expect(read()).rejects.toMatchObject(limited);
  expect(app.sandbox.control.requests({ path: /albums/ })).toHaveLength(1);
  expect(app.budget.blocks).toEqual([]);
  expect(await app.spotify.accounts.identify(grant.accessToken, app.signal)).toMatchObject({ userId: 'mara' });
  now += 61_390_000;
  expect((await read())[0]?.kind).toBe('found');
});

test("another person's playlist, shown without its items, is reported as forbidden", async () => {
  await using app = await startSpotifyApp();
  const north = (await app.signIn('segue-north')).grant.accessToken;
  const south = (await app.signIn('segue-south')).grant.accessToken;
  const id = spotifyPlaylistId.parse(
    await app.spotify.playlistHost.createPlaylist(north, { name: 'Mine', description: '', isPublic: true }, app.signal),
  );
  await expect(app.spotify.playlistHost.readPlaylist(south, id, app.signal)).rejects.toMatchObject({ code: 'forbidden' });
});
