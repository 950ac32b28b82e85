import { createFal } from '#server/providers/fal/create-fal.ts';
import { createGeminiText } from '#server/providers/gemini/gemini-text.ts';
import { createMusicbrainz } from '#server/providers/musicbrainz/create-musicbrainz.ts';
import { createReccobeats } from '#server/providers/reccobeats/create-reccobeats.ts';
import { createStability } from '#server/providers/stability/create-stability.ts';
import { createSpotify } from '#server/providers/spotify/create-spotify.ts';
import type { Spotify } from '#server/providers/spotify/create-spotify.ts';
import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import type { SandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import { spotifyAlbumId, spotifyTrackId } from '#shared/ids.ts';
import { createHash } from 'node:crypto';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { ALL_SCOPES, createUnlimitedBudget } from './spotify-app.ts';

/** How long a breaker stays open here. */
export const OPEN_MS = 30_000;
/** Tracks that an album carries with it. */
const TRACKS_PER_PAGE = 50;
const VERIFIER = 'a-verifier-of-the-right-length-for-rfc-7636-tests';
const REDIRECT_URI = 'http://127.0.0.1:3000/auth/spotify/callback';
const signal = new AbortController().signal;
const WORDS = { system: 'Name it.', prompt: 'a lake', schema: { type: 'object', properties: {} }, outputTokensMax: 8 };
/** Stability refuses this prompt, so that no picture is drawn for it. */
const REFUSED = { renderId: 'render', endpoint: 'generate/core', body: { prompt: 'gore', output_format: 'png' }, files: [] };
const SUBMITTED = { renderId: 'render', endpoint: 'fal-ai/z-image/turbo', body: { prompt: 'a lake' }, files: [] };

/** Injected failures of a vendor: share of requests, seed of the draw, HTTP status. */
export interface FailureSettings {
  readonly share: number;
  readonly seed: number;
  readonly status: number;
}

export interface FaultyVendor {
  readonly name: string;
  /** The `n`th call, a different one each time: one request when the vendor is up. */
  call(n: number): Promise<unknown>;
  /** Number of requests that the vendor received. */
  requests(): number;
  fail(how: FailureSettings): void;
  recover(): void;
}

/** The real adapters of all vendors against sandboxes, with breakers in one database and retries without delay. */
export async function openVendors() {
  const database = await openTestDatabase();
  const clock = createTestClock();
  const sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 }, now: () => clock.now().getTime() });
  const breakers = createSharedBreakers(database.db, clock.now);
  const common = (name: string) => ({
    budget: createUnlimitedBudget(),
    now: clock.now,
    resilience: { firstDelayMs: 1, breaker: { failures: 5, openMs: OPEN_MS }, breakerState: breakers.breaker(name) },
  });
  const spotify = createSpotify({
    ...common('spotify'),
    apiUrl: sandbox.spotify.origin,
    accountsUrl: sandbox.spotify.accountsUrl,
    clientId: 'segue',
    clientSecret: 'secret',
    profile: 'dev-2026',
    breakerState: (name) => breakers.breaker(name === 'api' ? 'spotify' : `spotify:${name}`),
  });
  const grant = await signIn(spotify);
  // A longer album takes a request for each further page, and a call is one request.
  const albums = Array.from({ length: sandbox.catalog.albumCount }, (_, at) => sandbox.catalog.albumIdAt(at)).filter(
    (id) => (sandbox.catalog.album(id ?? '')?.tracks.length ?? 0) <= TRACKS_PER_PAGE,
  );
  const albumAt = (n: number) => spotifyAlbumId.parse(albums[n % albums.length] ?? '');
  const trackAt = (n: number) => sandbox.catalog.album(albumAt(n))?.tracks[0];
  // Get the app's token before any failure is injected.
  await spotify.catalog.readAlbums([albumAt(0)], signal);
  const reccobeats = createReccobeats({ ...common('reccobeats'), url: sandbox.reccobeats.url });
  const musicbrainz = createMusicbrainz({ ...common('musicbrainz'), url: sandbox.musicbrainz.url, contact: 'tests@segue.example' });
  const image = (name: 'gemini' | 'stability' | 'fal') => ({ ...common(name), url: sandbox[name].url, apiKey: 'a-key' });
  const text = createGeminiText({ ...image('gemini'), model: 'gemini-3.8-flash' });
  const stability = createStability(image('stability'));
  const fal = createFal(image('fal'));
  const vendors: readonly FaultyVendor[] = [
    { name: 'Spotify', ...faultsOfService(sandbox, 'api'), call: (n) => spotify.catalog.readAlbums([albumAt(n)], signal) },
    { name: 'Spotify accounts', ...faultsOfService(sandbox, 'accounts'), call: () => spotify.accounts.refresh(grant.refreshToken ?? '', signal) },
    {
      name: 'ReccoBeats',
      ...faultsOfSandbox(sandbox.reccobeats),
      call: (n) => reccobeats.readFeatures([spotifyTrackId.parse(trackAt(n)?.id)], signal),
    },
    { name: 'MusicBrainz', ...faultsOfSandbox(sandbox.musicbrainz), call: (n) => musicbrainz.readGenres(trackAt(n)?.isrc ?? 'GBAYE0601498', signal) },
    { name: 'Gemini', ...faultsOfSandbox(sandbox.gemini), call: () => text.answer(WORDS, signal) },
    { name: 'Stability', ...faultsOfSandbox(sandbox.stability), call: () => stability.start(REFUSED, signal) },
    { name: 'fal', ...faultsOfSandbox(sandbox.fal), call: () => fal.start(SUBMITTED, signal) },
  ];
  return {
    db: database.db,
    clock,
    sandbox,
    spotify,
    /** Bursts of all vendors together take longer than a token is valid. */
    freshToken: async () => (await spotify.accounts.refresh(grant.refreshToken ?? '', signal)).accessToken,
    vendors,
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type Vendors = Awaited<ReturnType<typeof openVendors>>;

async function signIn({ accounts }: Spotify) {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  const { code } = await consentAs(accounts.authorizeUrl({ state: 'state', challenge, scopes: ALL_SCOPES, redirectUri: REDIRECT_URI }), 'mara');
  return accounts.exchangeCode({ code, verifier: VERIFIER, redirectUri: REDIRECT_URI }, signal);
}

function faultsOfService({ spotify: { control } }: Sandbox, service: 'api' | 'accounts') {
  return {
    requests: () => control.requests().filter((request) => request.service === service).length,
    fail: (how: FailureSettings) => control.failNext({ service, times: Number.POSITIVE_INFINITY, ...how }),
    recover: () => control.clearFaults(),
  };
}

function faultsOfSandbox(vendor: SandboxVendor) {
  return {
    requests: () => vendor.requests().length,
    fail: (how: FailureSettings) => vendor.failNext({ times: Number.POSITIVE_INFINITY, ...how }),
    recover: () => vendor.clearFaults(),
  };
}
