import type { Deps } from './deps.ts';
import { createImageVendors } from './image-vendors.ts';
import { createMusicbrainz } from './providers/musicbrainz/create-musicbrainz.ts';
import type { VendorFacts } from './providers/ports.ts';
import { createReccobeats } from './providers/reccobeats/create-reccobeats.ts';
import { createSpotify } from './providers/spotify/create-spotify.ts';
import type { SpotifyBreaker } from './providers/spotify/create-spotify.ts';
import { QUOTA_BUCKETS } from './providers/spotify/gateway.ts';
import { VENDOR_DEFAULTS } from './providers/vendor-defaults.ts';
import type { Vendor } from './providers/vendor-defaults.ts';
import { GEMINI_URL, MUSICBRAINZ_URL, RECCOBEATS_URL, SPOTIFY_API_URL, STABILITY_URL } from '#server/runtime/ready-env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { createAccountBudgets } from '#server/limits/account-budgets.ts';
import { createProviderCache } from '#server/repos/operations/provider-cache.ts';
import { createRequestBudget } from '#server/limits/request-budget.ts';
import { createRequestUse } from '#server/limits/request-use.ts';
import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import { listRefusedEndpoints, insertRefusedEndpoint } from '#server/repos/operations/vendor-capabilities.ts';
import { MINUTE_MS } from '#shared/domain/calendar.ts';

/** Spotify counts requests in rolling windows of thirty seconds. */
const SPOTIFY_WINDOW_MS = 30_000;

type Vendors = Pick<
  Deps,
  | 'catalog'
  | 'musicSearch'
  | 'playlistHost'
  | 'accountBudget'
  | 'spotifyAccounts'
  | 'providerCache'
  | 'featureSources'
  | 'genreSources'
  | 'vendors'
  | 'renderVendors'
  | 'priceLists'
  | 'textModel'
>;

interface VendorDeps extends Pick<Deps, 'db' | 'now' | 'localArt'> {
  /** Returns the access token of a connected account, for apps without a client secret. */
  readonly borrowToken: () => Promise<string>;
  /** Registers a cleanup that runs when the process ends. */
  readonly defer: (close: () => Promise<void>) => void;
}

interface RequestRate {
  readonly requests: number | undefined;
  readonly windowMs: number;
}

/** Creates the vendor adapters. Each has a request budget, a breaker and a cache shared by all processes. */
export function createVendors(env: ReadyEnv, { db, now, localArt, borrowToken, defer }: VendorDeps): Vendors {
  const use = createRequestUse(db, now);
  // Losing the counts of the last half second is better than failing the shutdown.
  defer(() => use.flush().catch(() => {}));
  const breakers = createSharedBreakers(db, now);
  const cache = createProviderCache(db, now);
  const app = `spotify:${env.SPOTIFY_CLIENT_ID}`;
  const rates = requestRates(env);
  const shared = (vendor: Vendor, key: string = vendor) => ({
    now,
    budget: createRequestBudget(db, { key, ...rates[vendor], use }, now),
    resilience: { breaker: VENDOR_DEFAULTS[vendor].breaker, breakerState: breakers.breaker(vendor) },
  });
  const spotifyPolicy = shared('spotify', app);
  const spotify = createSpotify({
    ...spotifyPolicy,
    cache,
    apiUrl: env.SPOTIFY_API_URL,
    accountsUrl: env.SPOTIFY_ACCOUNTS_URL,
    clientId: env.SPOTIFY_CLIENT_ID,
    clientSecret: env.SPOTIFY_CLIENT_SECRET,
    profile: env.SPOTIFY_PROFILE,
    breakerState: (name) => breakers.breaker(spotifyBreaker(app, name), { isQuota: isQuota(name) }),
    userToken: borrowToken,
    capabilities: {
      load: () => listRefusedEndpoints(db, env.SPOTIFY_CLIENT_ID),
      remember: (endpoint) => insertRefusedEndpoint(db, { app: env.SPOTIFY_CLIENT_ID, endpoint, profile: env.SPOTIFY_PROFILE, at: now() }),
    },
  });
  // MusicBrainz rejects clients without a contact, so without one it is not used.
  const contact = env.MUSICBRAINZ_CONTACT ?? (env.MUSICBRAINZ_URL === MUSICBRAINZ_URL ? undefined : env.PUBLIC_URL);
  const musicbrainz = contact === undefined ? [] : [createMusicbrainz({ ...shared('musicbrainz'), url: env.MUSICBRAINZ_URL, contact, cache })];
  const { image, ...models } = createImageVendors(env, localArt, shared);
  return {
    ...models,
    catalog: spotify.catalog,
    musicSearch: spotify.musicSearch,
    playlistHost: spotify.playlistHost,
    accountBudget: createAccountBudgets(db, { now, use, app: spotifyPolicy.budget }),
    spotifyAccounts: spotify.accounts,
    providerCache: cache,
    featureSources: [spotify.audioFeatures, createReccobeats({ ...shared('reccobeats'), url: env.RECCOBEATS_URL, cache })],
    genreSources: musicbrainz,
    vendors: vendorFacts(app, rates, { musicbrainz: musicbrainz.length > 0, image }),
  };
}

/** Default budgets apply at the vendors' public addresses only. Elsewhere (sandbox, mirror) the server's own rate limits apply, unless a setting overrides them. */
function requestRates(env: ReadyEnv): Readonly<Record<Vendor, RequestRate>> {
  const configured = env.VENDOR_REQUESTS_PER_MINUTE;
  const rate = (vendor: Vendor, isPublic: boolean): RequestRate => {
    const byDefault = isPublic ? (VENDOR_DEFAULTS[vendor].requestsPerMinute ?? undefined) : undefined;
    return { requests: configured[vendor] ?? byDefault, windowMs: MINUTE_MS };
  };
  const perWindow = env.SPOTIFY_REQUESTS_PER_30S;
  return {
    spotify:
      perWindow === undefined ? rate('spotify', env.SPOTIFY_API_URL === SPOTIFY_API_URL) : { requests: perWindow, windowMs: SPOTIFY_WINDOW_MS },
    reccobeats: rate('reccobeats', env.RECCOBEATS_URL === RECCOBEATS_URL),
    musicbrainz: rate('musicbrainz', env.MUSICBRAINZ_URL === MUSICBRAINZ_URL),
    gemini: rate('gemini', env.GEMINI_URL === GEMINI_URL),
    stability: rate('stability', env.STABILITY_URL === STABILITY_URL),
    fal: rate('fal', env.FAL_URL === undefined),
  };
}

function isQuota(name: SpotifyBreaker): boolean {
  return QUOTA_BUCKETS.some((bucket) => bucket === name);
}

/** API outages are shared by all apps; quotas are per app. */
function spotifyBreaker(app: string, name: SpotifyBreaker): string {
  if (name === 'api') return 'spotify';
  return name === 'accounts' ? 'spotify:accounts' : `${app}:${name}`;
}

function vendorFacts(
  app: string,
  rates: Readonly<Record<Vendor, RequestRate>>,
  used: { readonly musicbrainz: boolean; readonly image: readonly Vendor[] },
): readonly VendorFacts[] {
  const facts = (vendor: Vendor, more: Partial<VendorFacts> = {}): VendorFacts => {
    const { requests, windowMs } = rates[vendor];
    const { name } = VENDOR_DEFAULTS[vendor];
    return {
      vendor,
      name,
      bucket: vendor,
      requestsPerMinute: requests === undefined ? null : (requests * MINUTE_MS) / windowMs,
      breakers: [{ key: vendor, name, isQuota: false }],
      cachesResponses: true,
      ...more,
    };
  };
  const names: readonly SpotifyBreaker[] = ['api', 'accounts', ...QUOTA_BUCKETS];
  const spotifyBreakers = names.map((name) => ({ key: spotifyBreaker(app, name), name: SPOTIFY_BREAKER_NAMES[name], isQuota: isQuota(name) }));
  return [
    facts('spotify', { bucket: app, breakers: spotifyBreakers, cachesResponses: false }),
    facts('reccobeats'),
    ...(used.musicbrainz ? [facts('musicbrainz')] : []),
    ...used.image.map((vendor) => facts(vendor, { cachesResponses: false })),
  ];
}

const SPOTIFY_BREAKER_NAMES: Readonly<Record<SpotifyBreaker, string>> = {
  api: 'Web API',
  accounts: 'Accounts service',
  me: 'Profiles',
  search: 'Search',
  albums: 'Albums',
  tracks: 'Tracks',
  'audio-features': 'Audio features',
  playlists: 'Playlists',
};
