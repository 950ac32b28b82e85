import { playlistAccountMap, syncOperations, syncPlans } from '#drizzle/schema/index.ts';
import type { PlaylistHost } from '#server/providers/ports.ts';
import { createSpotify } from '#server/providers/spotify/create-spotify.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import type { SyncOutcome } from '#server/use-cases/sync/apply/sync-tally.ts';
import { AppError } from '#shared/errors.ts';
import { day } from '#shared/ids.ts';
import type { PlaylistId } from '#shared/ids.ts';
import assert from 'node:assert/strict';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from './published-network.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

const SETTLE_MS = 60_000;
const LIST_LENGTH = 10;
const TRACKS = 200;
/** A sync that is not complete after this many tries has failed. */
const TRIES_MAX = 40;
const FIRST_DAY = Date.parse('2026-11-01T00:00:00Z');

/** The n-th day of the test network, from 0. */
export const dayNumber = (n: number) => day.parse(new Date(FIRST_DAY + n * 86_400_000).toISOString().slice(0, 10));

/**
 * Many short playlists on several accounts, with a playlist host that tries each request twice. `around` wraps that host and may act before and after
 * each request.
 */
export async function openManyPlaylists({ people, around }: { people: readonly string[]; around?: (host: PlaylistHost) => PlaylistHost }) {
  const app = await startTestApp({ at: '2026-11-01T04:10:00Z', settings: { settleMs: SETTLE_MS } });
  for (const person of people) await connectAs(app.deps, person);
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, TRACKS));
  const { playlistHost } = createSpotify({
    apiUrl: app.sandbox.env['SPOTIFY_API_URL'] ?? '',
    accountsUrl: app.sandbox.env['SPOTIFY_ACCOUNTS_URL'] ?? '',
    clientId: 'testclient',
    clientSecret: 'testsecret',
    profile: 'dev-2026',
    budget: createUnlimitedBudget(),
    now: app.clock.now,
    resilience: { firstDelayMs: 1, attemptsMax: 2 },
  });
  const deps = { ...app.deps, playlistHost: around ? around(playlistHost) : playlistHost };
  const playlists: PlaylistId[] = [];
  const wanted = new Map<PlaylistId, readonly string[]>();
  return {
    ...app,
    deps,
    playlists,
    tracks,
    /** Track URIs of each playlist's newest snapshot. */
    wanted,
    add: async (count: number) => {
      for (let i = 0; i < count; i += 1) playlists.push(await seedPlaylist(app.deps.db, playlists.length + 1));
    },
    publishDay: async (on: string, shift: number) => {
      for (const [at, playlistId] of playlists.entries()) {
        const chosen = Array.from({ length: LIST_LENGTH }, (_, i) => tracks[(shift + at * 7 + i) % tracks.length]).flatMap((track) => track ?? []);
        await publish(app.deps.db, { playlistId, day: on, tracks: chosen });
        wanted.set(
          playlistId,
          chosen.map(({ trackId }) => `spotify:track:${trackId}`),
        );
      }
    },
    sync: (on: string) => syncUntilDone({ ...app, deps }, on),
    replicas: () => app.deps.db.select().from(playlistAccountMap),
    operations: () => app.deps.db.select().from(syncOperations),
    plans: () => app.deps.db.select().from(syncPlans),
    writes: () => app.spotify.requests().filter(({ method, path }) => method !== 'GET' && path.includes('playlists')).length,
  };
}

export type ManyPlaylists = Awaited<ReturnType<typeof openManyPlaylists>>;

/** Syncs a day until it is complete, as the queue would: waits as long as an error says, then retries. */
async function syncUntilDone({ deps, clock }: Pick<TestApp, 'deps' | 'clock'>, on: string): Promise<SyncOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });
    } catch (error) {
      if (tries === TRIES_MAX || !(error instanceof AppError)) throw error;
      clock.advance((error.retryAfterMs ?? 1_000) + 1);
    }
  }
}

/** Throws unless each replica has exactly one playlist on Spotify, recognized by its marker, and its stored id is that playlist's. */
export async function requireNoDuplicates(network: ManyPlaylists): Promise<void> {
  const all = network.spotify.playlists();
  for (const { marker, spotifyPlaylistId } of await network.replicas()) {
    const marked = all.filter(({ description }) => description.includes(marker));
    assert.deepEqual(
      marked.map(({ id }) => id),
      [spotifyPlaylistId],
      `the playlist ${marker} exists ${marked.length} times`,
    );
  }
}

/** Throws unless each playlist shows exactly its newest snapshot. */
export async function requireAllShown(network: ManyPlaylists): Promise<void> {
  for (const { playlistId, spotifyPlaylistId } of await network.replicas()) {
    assert.deepEqual(network.spotify.playlist(spotifyPlaylistId ?? '')?.uris, network.wanted.get(playlistId), 'a list was lost');
  }
}
