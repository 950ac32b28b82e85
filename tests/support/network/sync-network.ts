import { playlistAccountMap, playlistMarks, syncOperations } from '#drizzle/schema/index.ts';
import { createSpotify } from '#server/providers/spotify/create-spotify.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day, syncPlanId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { startTestApp } from '#tests/support/app.ts';
import { connectAs } from '#tests/support/processes/instance.ts';
import { catalogTrackIds, publish, seedPlaylist, seedTracks } from './published-network.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';

export const DAY_ONE = '2026-11-01';
export const DAY_TWO = '2026-11-02';
export const DAY_THREE = '2026-11-03';
export const SETTLE_MS = 60_000;
const NAME_WITHOUT_DAY = 'Segue {ThemeTag} {GlobalIndex:000}';

/** A network of one connected account and one playlist. By default names contain no day; the settle time is that of the real Spotify. */
export async function openNetwork({
  template = NAME_WITHOUT_DAY,
  people = ['segue-north'],
  webRoot,
  home,
}: { template?: string; people?: readonly string[]; webRoot?: string; /** Folder of assets and keys. */ home?: string } = {}) {
  const settings = { settleMs: SETTLE_MS, playlistNameTemplate: template };
  const app = await startTestApp({
    at: `${DAY_ONE}T04:00:00Z`,
    settings,
    ...(webRoot === undefined ? {} : { http: true, webRoot }),
    ...(home === undefined ? {} : { env: { SEGUE_HOME: home } }),
  });
  for (const person of people) await connectAs(app.deps, person);
  const tracks = await seedTracks(app.deps.db, catalogTrackIds(app.sandbox.catalog, 160));
  const playlist = await seedPlaylist(app.deps.db, 1);
  const urisOf = (chosen: typeof tracks) => chosen.map((track) => `spotify:track:${track.trackId}`);
  const apiRequests = () => app.spotify.requests().filter(({ service }) => service === 'api');
  return {
    ...app,
    tracks,
    playlist,
    list: (from: number, count: number) => tracks.slice(from, from + count),
    urisOf,
    publishDay: (on: string, chosen: typeof tracks) => publish(app.deps.db, { playlistId: playlist, day: on, tracks: chosen }),
    sync: (on: string, deps = app.deps) => syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal }),
    shown: () => app.spotify.playlists().map(({ uris }) => uris),
    writes: () =>
      apiRequests()
        .filter(({ method }) => method !== 'GET')
        .map(({ method, route }) => `${method} ${route}`),
    reads: () => apiRequests().filter(({ method }) => method === 'GET').length,
    replica: async () => (await app.deps.db.select().from(playlistAccountMap).where(eq(playlistAccountMap.playlistId, playlist)))[0]!,
    marks: () => app.deps.db.select().from(playlistMarks).where(eq(playlistMarks.playlistId, playlist)).orderBy(playlistMarks.id),
    operations: () => app.deps.db.select().from(syncOperations).orderBy(syncOperations.sequence),
    /** The same deps with a Spotify adapter that has a short timeout, or another address. */
    withHost: (config: { apiUrl?: string; timeoutMs?: number }) => {
      const { playlistHost } = createSpotify({
        apiUrl: config.apiUrl ?? app.sandbox.env['SPOTIFY_API_URL'] ?? '',
        accountsUrl: app.sandbox.env['SPOTIFY_ACCOUNTS_URL'] ?? '',
        clientId: 'testclient',
        clientSecret: 'testsecret',
        profile: 'dev-2026',
        budget: createUnlimitedBudget(),
        now: app.clock.now,
        resilience: { firstDelayMs: 1, attemptsMax: 2, ...(config.timeoutMs === undefined ? {} : { timeoutMs: config.timeoutMs }) },
      });
      return { ...app.deps, playlistHost };
    },
  };
}

export type Network = Awaited<ReturnType<typeof openNetwork>>;

/** Playlists on two accounts, each with a snapshot of day one that is not on Spotify yet; `putAll` publishes a day for all of them. */
export async function openTwoAccountNetwork(playlists: number) {
  const network = await openNetwork({ people: ['segue-north', 'segue-south'] });
  const ids = [network.playlist];
  for (let index = 2; index <= playlists; index += 1) ids.push(await seedPlaylist(network.deps.db, index));
  const publishAll = async (on: string, from: number) => {
    for (const [at, id] of ids.entries())
      await publish(network.deps.db, { playlistId: id, day: on, tracks: network.list((from + at * 10) % 110, 20) });
  };
  await publishAll(DAY_ONE, 0);
  return { ...network, ids, putAll: publishAll };
}

/** A network whose day one (50 tracks) is synced; the request log is empty. */
export async function openSyncedNetwork(options?: Parameters<typeof openNetwork>[0]): Promise<Network> {
  const network = await openNetwork(options);
  await network.publishDay(DAY_ONE, network.list(0, 50));
  await network.sync(DAY_ONE);
  network.spotify.clearRequests();
  return network;
}

export async function planOf(network: Network, on: string) {
  const { plans } = await network.admin.playlistAdmin.sync.plan({ day: day.parse(on) });
  return { planId: syncPlanId.parse(plans[0]?.id), hash: plans[0]?.hash ?? '' };
}
