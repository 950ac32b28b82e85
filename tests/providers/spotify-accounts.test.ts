import { expect, test } from 'vitest';
import { ALL_SCOPES, startSpotifyApp } from '#tests/support/spotify/spotify-app.ts';

test.each([
  ['an app without a secret', undefined],
  ['an app with a secret', 'segue-secret'],
])('%s signs a person in, refreshes the token and identifies the person', async (_what, clientSecret) => {
  await using app = await startSpotifyApp({}, { clientSecret });
  const { grant, state } = await app.signIn('mara');
  expect(state).toBe('a state & more');
  expect(grant).toMatchObject({ expiresInSeconds: 3600, scopes: ALL_SCOPES, refreshToken: expect.any(String) });
  const next = await app.spotify.accounts.refresh(grant.refreshToken!, app.signal);
  // A public app's refresh token is replaced at each use; a confidential app's stays the same.
  expect(typeof next.refreshToken).toBe(clientSecret === undefined ? 'string' : 'undefined');
  const person = app.sandbox.control.people().find(({ id }) => id === 'mara');
  expect(await app.spotify.accounts.identify(next.accessToken, app.signal)).toEqual({
    subject: person?.accountId,
    userId: 'mara',
    displayName: 'Mara Ellison',
    imageUrl: expect.stringContaining('/mara/'),
  });
});

test('a used code and a wrong verifier are invalid input, and are sent only once', async () => {
  await using app = await startSpotifyApp();
  const { exchange } = await app.signIn('mara');
  app.sandbox.control.clearRequests();
  const refused = { code: 'invalid_input', field: 'code', remedy: 'Start the sign-in again.' };
  await expect(app.spotify.accounts.exchangeCode(exchange, app.signal)).rejects.toMatchObject(refused);
  await expect(app.spotify.accounts.exchangeCode({ ...exchange, verifier: 'x'.repeat(50) }, app.signal)).rejects.toMatchObject(refused);
  expect(app.sandbox.control.requests()).toHaveLength(2);
});

test('a refresh token that was used, revoked or is older than six months requires re-authorization', async () => {
  await using app = await startSpotifyApp({}, { clientSecret: undefined });
  const reauthRequired = { code: 'reauth_required', context: { kind: 'ReauthRequired' } };
  const usedToken = (await app.signIn('mara')).grant.refreshToken!;
  await app.spotify.accounts.refresh(usedToken, app.signal);
  await expect(app.spotify.accounts.refresh(usedToken, app.signal)).rejects.toMatchObject(reauthRequired);
  const expiredToken = (await app.signIn('jonas')).grant.refreshToken!;
  app.sandbox.control.advance(190 * 86_400_000);
  await expect(app.spotify.accounts.refresh(expiredToken, app.signal)).rejects.toMatchObject(reauthRequired);
});

test('a refresh whose response was lost is not retried and is reported as ambiguous', async () => {
  await using app = await startSpotifyApp();
  const { grant } = await app.signIn('mara');
  app.sandbox.control.clearRequests();
  app.sandbox.control.failNext({ service: 'accounts', cut: true, actFirst: true });
  await expect(app.spotify.accounts.refresh(grant.refreshToken!, app.signal)).rejects.toMatchObject({
    code: 'provider_unavailable',
    context: { ambiguous: true },
  });
  expect(app.sandbox.control.requests()).toHaveLength(1);
});

test('a wrong secret names the settings to check', async () => {
  await using app = await startSpotifyApp({ client: { id: 'segue-test', secret: 'another' } });
  await expect(app.spotify.catalog.readAlbums([app.albumAt(0)], app.signal)).rejects.toMatchObject({
    code: 'provider_rejected',
    remedy: expect.stringContaining('SPOTIFY_CLIENT_SECRET'),
  });
});
