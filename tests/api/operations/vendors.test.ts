import { listVendorAlerts } from '#server/use-cases/operations/alerts/list-vendor-alerts.ts';
import { auditLog } from '#drizzle/schema/index.ts';
import { spotifyAlbumId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { STATE_REFRESH_MS } from '#tests/support/processes/instances.ts';

const signal = new AbortController().signal;
const INFINITY = Number.POSITIVE_INFINITY;
const read = (app: TestApp, n = 0) => app.deps.catalog.readAlbums([spotifyAlbumId.parse(app.sandbox.catalog.albumIdAt(n))], signal);
const refresh = (app: TestApp) => app.deps.spotifyAccounts.refresh('any', signal);
const spotifyOf = async (app: TestApp) => {
  const [spotify] = (await app.admin.operations.vendors.state()).vendors;
  if (spotify?.vendor !== 'spotify') throw new Error('Spotify is not the first of the vendors.');
  return spotify;
};

async function breakAccounts(app: TestApp): Promise<void> {
  app.spotify.failNext({ service: 'accounts', path: '/api/token', status: 503, times: INFINITY });
  for (let call = 0; call < 5; call += 1) await refresh(app).catch(() => {});
}

test('an anonymous visitor and a listener cannot see the state of vendors, and cannot let a request through', async () => {
  await using app = await startTestApp();
  const anonymous = app.as({ kind: 'anonymous' });
  await expect(anonymous.operations.vendors.state()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(anonymous.operations.vendors.tryNow({ breaker: 'spotify' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('normally every vendor is up, its budget is shown and there are no alerts', async () => {
  await using app = await startTestApp({ env: { SPOTIFY_REQUESTS_PER_30S: '50', VENDOR_REQUESTS_PER_MINUTE: 'musicbrainz:60' } });
  await read(app);
  const { vendors } = await app.admin.operations.vendors.state();
  expect(vendors.map(({ name, requestsPerMinute, limited }) => ({ name, requestsPerMinute, limited }))).toEqual([
    { name: 'Spotify', requestsPerMinute: 100, limited: null },
    { name: 'ReccoBeats', requestsPerMinute: null, limited: null },
    { name: 'MusicBrainz', requestsPerMinute: 60, limited: null },
    { name: 'Gemini', requestsPerMinute: null, limited: null },
    { name: 'Stability', requestsPerMinute: null, limited: null },
    { name: 'fal', requestsPerMinute: null, limited: null },
  ]);
  expect(vendors.flatMap(({ breakers }) => breakers).every(({ state }) => state === 'closed')).toBe(true);
  expect(vendors[0]?.hours).toHaveLength(24);
  expect(await listVendorAlerts(app.deps)).toEqual([]);
});

test('a vendor that stopped answering is shown with why, since when and until when, and raises an alert with what to do', async () => {
  await using app = await startTestApp();
  await breakAccounts(app);
  const breaker = (await spotifyOf(app)).breakers.find(({ key }) => key === 'spotify:accounts');
  expect(breaker).toMatchObject({ name: 'Accounts service', state: 'open', failures: 5, why: 'Spotify has a server error (status 503).' });
  const openMs = Date.parse(breaker?.until ?? '') - Date.parse(breaker?.since ?? '');
  expect(openMs).toBe(600_000);
  const [alert, ...others] = await listVendorAlerts(app.deps);
  expect(others).toEqual([]);
  expect(alert).toMatchObject({ key: 'vendor:spotify:accounts:down', level: 'critical', action: { href: '/admin/vendors' } });
});

test('an operator lets one request through early; it closes the breaker when it is answered, and opens it again when it is not', async () => {
  await using app = await startTestApp();
  await breakAccounts(app);
  const tokenRequests = () => app.spotify.requests({ path: '/api/token' }).length;
  await app.admin.operations.vendors.tryNow({ breaker: 'spotify:accounts' });
  app.clock.advance(STATE_REFRESH_MS);
  const before = tokenRequests();
  await expect(refresh(app)).rejects.toMatchObject({ code: 'provider_unavailable' });
  await expect(refresh(app)).rejects.toMatchObject({ context: { kind: 'CircuitOpen' } });
  expect(tokenRequests()).toBe(before + 1);
  app.spotify.clearFaults();
  const { message } = await app.admin.operations.vendors.tryNow({ breaker: 'spotify:accounts' });
  expect(message).toContain('The next request checks');
  app.clock.advance(STATE_REFRESH_MS);
  await expect(refresh(app)).rejects.toMatchObject({ code: 'reauth_required' });
  expect((await spotifyOf(app)).breakers.every(({ state }) => state === 'closed')).toBe(true);
  const entries = await app.deps.db.select({ action: auditLog.action, subject: auditLog.subject }).from(auditLog);
  expect(entries.filter(({ action }) => action === 'vendor_tried')).toEqual([
    { action: 'vendor_tried', subject: 'breaker:spotify:accounts' },
    { action: 'vendor_tried', subject: 'breaker:spotify:accounts' },
  ]);
});

test('a closed breaker needs no test request, an unknown vendor is not found, and a used-up quota is not bypassed', async () => {
  await using app = await startTestApp();
  await expect(app.admin.operations.vendors.tryNow({ breaker: 'spotify' })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(app.admin.operations.vendors.tryNow({ breaker: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  app.spotify.setQuota('albums', 0);
  await expect(read(app)).rejects.toMatchObject({ code: 'quota_exceeded' });
  await expect(app.admin.operations.vendors.tryNow({ breaker: 'spotify:testclient:albums' })).rejects.toMatchObject({ code: 'CONFLICT' });
  const { breakers, latestRateLimits: latestStops } = await spotifyOf(app);
  expect(breakers.find(({ name }) => name === 'Albums')).toMatchObject({ state: 'open', isQuota: true });
  expect(latestStops).toMatchObject([{ what: 'Albums' }]);
  expect((await listVendorAlerts(app.deps)).map(({ key }) => key)).toEqual(['vendor:spotify:testclient:albums:quota']);
});

test('a rate limit of more than half an hour raises an alert, a shorter one does not', async () => {
  await using app = await startTestApp();
  app.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 1_700 });
  await expect(read(app)).rejects.toMatchObject({ code: 'rate_limited' });
  expect((await spotifyOf(app)).limited).toMatchObject({ why: 'Spotify answered 429' });
  expect(await listVendorAlerts(app.deps)).toEqual([]);
  app.clock.advance(1_701_000);
  app.spotify.failNext({ path: '/albums/*', status: 429, retryAfter: 7_200 });
  await expect(read(app)).rejects.toMatchObject({ code: 'rate_limited' });
  expect((await listVendorAlerts(app.deps)).map(({ key, level }) => [key, level])).toEqual([['vendor:spotify:testclient:stopped', 'warning']]);
  expect((await spotifyOf(app)).rateLimitCount).toBe(2);
  app.clock.advance(7_201_000);
  expect(await listVendorAlerts(app.deps)).toEqual([]);
});
