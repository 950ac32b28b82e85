import { beginOwnAuthorization } from '#server/use-cases/accounts/begin-own-authorization.ts';
import { finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { beginSignIn, finishSignIn } from '#server/use-cases/auth/sign-in-with-spotify.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import { userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import type { TestApp } from '#tests/support/app.ts';
import { openDiscovery, saveTen } from './saved-lists.ts';

/** Creates are searched for after this time. */
export const SETTLE_MS = 60_000;

/** Signs in as a person of the sandbox through Spotify. `authorize` lets Segue write their playlists. */
export async function signInOnSpotify(app: TestApp, person: string) {
  const begun = await beginSignIn(app.deps, {});
  await finishSignIn(app.deps, { ...(await consentAs(begun.authorizeUrl, person)), browserSecret: begun.browserSecret });
  const found = await app.deps.db.execute<{ id: string }>(sql`select user_id as id from user_identities order by linked_at desc limit 1`);
  const actor = { kind: 'user' as const, userId: userId.parse(found.rows[0]?.id), isAdmin: false };
  const authorize = async (as = person, returnTo = '/') => {
    const started = await beginOwnAuthorization(app.deps, actor, { returnTo });
    return finishConnect(app.deps, actor, { ...(await consentAs(started.authorizeUrl, as)), browserSecret: started.browserSecret });
  };
  const device = () => app.as(actor).discovery;
  return { actor, device, saved: device().saved, authorize };
}

type OnSpotify = Awaited<ReturnType<typeof signInOnSpotify>>;
interface Exports extends TestApp, OnSpotify {
  readonly app: TestApp;
  readonly playlist: SavedPlaylistView;
  /** Of its tracks, in order. */
  readonly uris: readonly string[];
  /** Requests that change something on Spotify. */
  writes(): readonly { readonly method: string; readonly path: string }[];
  /** What Spotify has of the person. */
  shown(): ReturnType<TestApp['spotify']['playlists']>;
  exportOnce(): Promise<SavedExportView>;
}

/** A listener with a playlist of ten tracks and the permission to write to their Spotify account. */
export async function openExports({ person = 'mara', authorized = true } = {}): Promise<Exports> {
  const app = await openDiscovery({ settings: { settleMs: SETTLE_MS } });
  const listener = await signInOnSpotify(app, person);
  if (authorized) await listener.authorize();
  const playlist = await saveTen(app, listener.device);
  app.spotify.clearRequests();
  const uris = playlist.tracks.map(({ spotifyTrackId }) => `spotify:track:${spotifyTrackId}`);
  return {
    ...app,
    app,
    ...listener,
    playlist,
    uris,
    writes: () => app.spotify.requests().filter(({ method, path }) => method !== 'GET' && !path.includes('/api/token')),
    shown: () => app.spotify.playlists(person),
    exportOnce: async () => {
      const plan = await listener.saved.export.plan({ savedId: playlist.id });
      return listener.saved.export.send({ exportId: plan.id!, hash: plan.hash! });
    },
  };
}
