import type { VendorFacts } from '#server/providers/ports.ts';
import { VENDOR_DEFAULTS } from '#server/providers/vendor-defaults.ts';
import { loadEnv } from '#server/env.ts';
import { withVendorAddresses } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { createVendors } from '#server/vendors.ts';
import { expect, test } from 'vitest';

const LOCAL_SPOTIFY = { SPOTIFY_API_URL: 'http://127.0.0.1:4001', SPOTIFY_ACCOUNTS_URL: 'http://127.0.0.1:4001' };

/** The limits of the vendors under these settings; sends no request and uses no database. */
function factsOf(variables: Record<string, string>): readonly VendorFacts[] {
  const env = loadEnv({ SPOTIFY_CLIENT_ID: 'app', SPOTIFY_CLIENT_SECRET: 'secret', MUSICBRAINZ_CONTACT: 'me@example.org', ...variables });
  const ready = { ...env, ...withVendorAddresses(env), PUBLIC_URL: 'http://127.0.0.1:3000' } as ReadyEnv;
  return createVendors(ready, {
    db: {} as never,
    now: () => new Date(0),
    localArt: {} as never,
    borrowToken: () => Promise.reject(new Error('never')),
    defer: () => {},
  }).vendors;
}

const requestLimitsOf = (variables: Record<string, string>) =>
  Object.fromEntries(factsOf(variables).map(({ vendor, requestsPerMinute }) => [vendor, requestsPerMinute]));

test('Spotify gets a hundred requests a minute and MusicBrainz sixty, at their public addresses', () => {
  expect(requestLimitsOf({})).toEqual({ spotify: 100, reccobeats: null, musicbrainz: 60 });
});

test('an image vendor is listed with its budget once it has a key', () => {
  expect(requestLimitsOf({ GEMINI_API_KEY: 'a-key' })).toMatchObject({ gemini: 60 });
  expect(requestLimitsOf({ GEMINI_API_KEY: 'a-key', GEMINI_URL: 'http://127.0.0.1:4004' })).toMatchObject({ gemini: null });
});

test('a sandbox or a mirror sets its own limit, unless a setting gives one', () => {
  expect(requestLimitsOf({ ...LOCAL_SPOTIFY, MUSICBRAINZ_URL: 'http://127.0.0.1:4003' })).toEqual({
    spotify: null,
    reccobeats: null,
    musicbrainz: null,
  });
  expect(requestLimitsOf({ ...LOCAL_SPOTIFY, VENDOR_REQUESTS_PER_MINUTE: 'spotify:30, reccobeats:120' })).toMatchObject({
    spotify: 30,
    reccobeats: 120,
  });
  expect(requestLimitsOf({ SPOTIFY_REQUESTS_PER_30S: '90' })).toMatchObject({ spotify: 180 });
});

test.each([['spotify'], ['spotify:0'], ['spotify:-5'], ['spotify:many'], ['deezer:10'], ['spotify:1,spotify:2'], ['spotify:99999999']])(
  'VENDOR_REQUESTS_PER_MINUTE=%s is refused with the right format',
  (setting) => {
    expect(() => loadEnv({ VENDOR_REQUESTS_PER_MINUTE: setting })).toThrow(/VENDOR_REQUESTS_PER_MINUTE .*spotify:100,musicbrainz:60/);
  },
);

test('Spotify’s limit is set in one place', () => {
  expect(() => loadEnv({ SPOTIFY_REQUESTS_PER_30S: '50', VENDOR_REQUESTS_PER_MINUTE: 'spotify:100' })).toThrow(/set the same limit/);
});

test('Spotify is paused for ten minutes after five failures, every other vendor for half a minute', () => {
  const { spotify, ...others } = VENDOR_DEFAULTS;
  expect(spotify.breaker).toEqual({ failures: 5, openMs: 600_000 });
  for (const { breaker } of Object.values(others)) expect(breaker).toEqual({ failures: 5, openMs: 30_000 });
  expect([others.gemini.requestsPerMinute, others.stability.requestsPerMinute]).toEqual([60, 10]);
});
