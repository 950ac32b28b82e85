import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { createLocalBreakerState } from '../breaker.ts';
import type { AccountsService, AudioFeatureSource, SharedBreaker, MusicCatalog, PlaylistHost, ProviderCache, RequestBudget } from '../ports.ts';
import type { MusicSearch } from '../search-ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { createAccounts } from './accounts.ts';
import { createAppToken } from './app-token.ts';
import { createSpotifyFeatures } from './audio-features.ts';
import { createCapabilities } from './capabilities.ts';
import type { CapabilityStore } from './capabilities.ts';
import { createCatalog } from './catalog.ts';
import { createGateway } from './gateway.ts';
import type { QuotaBucket } from './gateway.ts';
import { createPlaylistHost } from './playlist-host.ts';
import { createMusicSearch } from './search.ts';

/** The separate breakers: the Web API, the accounts service, and each of the API's daily quotas. */
export type SpotifyBreaker = 'api' | 'accounts' | QuotaBucket;

export interface SpotifyConfig {
  /** Base of the Web API, with or without `/v1`. */
  readonly apiUrl: string;
  /** Base of the accounts service. */
  readonly accountsUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly profile: CapabilityProfile;
  /** Shared by all users of this app, because Spotify limits requests per app. */
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Stores the endpoints refused to this app. */
  readonly capabilities?: CapabilityStore | undefined;
  /** Keeps answers of the search for a while. */
  readonly cache?: ProviderCache | undefined;
  /** Returns a user's token for catalog reads when the app has no client secret. */
  readonly userToken?: (() => Promise<string>) | undefined;
  /** Returns the shared state of a breaker by name; default: in this process only. */
  readonly breakerState?: ((name: SpotifyBreaker) => SharedBreaker) | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'random'> | undefined;
}

export interface Spotify {
  readonly catalog: MusicCatalog;
  readonly musicSearch: MusicSearch;
  readonly playlistHost: PlaylistHost;
  readonly accounts: AccountsService;
  readonly audioFeatures: AudioFeatureSource;
}

/** Creates the adapter of one Spotify app. Two apps in one process share nothing but the library. */
export function createSpotify(config: SpotifyConfig): Spotify {
  const { clientId, clientSecret, profile, budget, now, userToken } = config;
  const breakerState = config.breakerState ?? (() => createLocalBreakerState(now));
  const policy = { ...config.resilience, vendor: 'Spotify', budget, now };
  // The accounts service is a separate host and can be down while the API is up.
  const apiPolicy = createResilience({ ...policy, breakerState: breakerState('api') });
  const accountsPolicy = createResilience({ ...policy, breakerState: breakerState('accounts') });
  const apiOrigin = withoutSuffix(config.apiUrl, /\/v1$/);
  const gateway = createGateway({ apiOrigin, resilience: apiPolicy, quotaState: breakerState, now });
  const accountsOrigin = withoutSuffix(config.accountsUrl);
  const { clientCredentials, ...accounts } = createAccounts({ accountsOrigin, clientId, clientSecret, gateway, resilience: accountsPolicy, now });
  const appToken = createAppToken({ now, grant: clientCredentials, userToken });
  const capabilities = createCapabilities(profile, config.capabilities);
  const parts = { gateway, appToken, capabilities };
  return {
    catalog: createCatalog(parts),
    musicSearch: createMusicSearch({ ...parts, cache: config.cache }),
    playlistHost: createPlaylistHost(gateway, apiOrigin),
    accounts,
    audioFeatures: createSpotifyFeatures(parts),
  };
}

function withoutSuffix(url: string, suffix = /$/): string {
  return url.replace(/\/+$/, '').replace(suffix, '');
}
