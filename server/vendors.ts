import type { Deps } from './deps.ts';
import { createMusicbrainz } from './providers/musicbrainz/create-musicbrainz.ts';
import { createReccobeats } from './providers/reccobeats/create-reccobeats.ts';
import { createSpotify } from './providers/spotify/create-spotify.ts';
import { MUSICBRAINZ_URL } from './ready-env.ts';
import type { ReadyEnv } from './ready-env.ts';
import { createRequestBudget } from './repos/request-budget.ts';
import { listRefusedEndpoints, rememberRefusal } from './repos/vendor-capabilities.ts';

/** Spotify counts requests in rolling windows of thirty seconds. */
const WINDOW_MS = 30_000;
/** What MusicBrainz asks of everybody at its public address: one request a second. A mirror of one's own has no such rule. */
const MUSICBRAINZ_REQUESTS = 30;

type Vendors = Pick<Deps, 'catalogue' | 'playlistHost' | 'spotifyAccounts' | 'featureSources' | 'genreSources'>;

interface VendorNeeds extends Pick<Deps, 'db' | 'now'> {
  /** A connected account's token, for apps without a secret of their own. */
  readonly borrowToken: () => Promise<string>;
}

/** The adapters, each with the budget that all processes share. */
export function createVendors(env: ReadyEnv, { db, now, borrowToken }: VendorNeeds): Vendors {
  const budget = (key: string, requests: number | undefined) => createRequestBudget(db, { key, requests, windowMs: WINDOW_MS }, now);
  const spotify = createSpotify({
    apiUrl: env.SPOTIFY_API_URL,
    accountsUrl: env.SPOTIFY_ACCOUNTS_URL,
    clientId: env.SPOTIFY_CLIENT_ID,
    clientSecret: env.SPOTIFY_CLIENT_SECRET,
    profile: env.SPOTIFY_PROFILE,
    budget: budget(`spotify:${env.SPOTIFY_CLIENT_ID}`, env.SPOTIFY_REQUESTS_PER_30S),
    now,
    userToken: borrowToken,
    capabilities: {
      load: () => listRefusedEndpoints(db, env.SPOTIFY_CLIENT_ID),
      remember: (endpoint) => rememberRefusal(db, { app: env.SPOTIFY_CLIENT_ID, endpoint, profile: env.SPOTIFY_PROFILE, at: now() }),
    },
  });
  const isPublic = env.MUSICBRAINZ_URL === MUSICBRAINZ_URL;
  // They refuse clients that nobody can be reached for, so without a contact they are not asked.
  const contact = env.MUSICBRAINZ_CONTACT ?? (isPublic ? undefined : env.PUBLIC_URL);
  const musicbrainzBudget = budget('musicbrainz', isPublic ? MUSICBRAINZ_REQUESTS : undefined);
  return {
    catalogue: spotify.catalogue,
    playlistHost: spotify.playlistHost,
    spotifyAccounts: spotify.accounts,
    featureSources: [spotify.audioFeatures, createReccobeats({ url: env.RECCOBEATS_URL, budget: budget('reccobeats', undefined), now })],
    genreSources: contact === undefined ? [] : [createMusicbrainz({ url: env.MUSICBRAINZ_URL, contact, budget: musicbrainzBudget, now })],
  };
}
