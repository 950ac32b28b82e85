import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { createPrivateMemory } from '../breaker.ts';
import type { AccountsService, AudioFeatureSource, BreakerMemory, MusicCatalogue, PlaylistHost, RequestBudget } from '../ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { createAccounts } from './accounts.ts';
import { createAppToken } from './app-token.ts';
import { createSpotifyFeatures } from './audio-features.ts';
import { createCapabilities } from './capabilities.ts';
import type { CapabilityStore } from './capabilities.ts';
import { createCatalogue } from './catalog.ts';
import { createGateway } from './gateway.ts';
import type { QuotaBucket } from './gateway.ts';
import { createPlaylistHost } from './playlist-host.ts';

/** What can be shut by itself: the Web API, the accounts service, and each of the API's day-long quotas. */
export type SpotifyBreaker = 'api' | 'accounts' | QuotaBucket;

export interface SpotifyConfig {
  /** Base of the Web API, with or without `/v1`. */
  readonly apiUrl: string;
  /** Base of the accounts service. */
  readonly accountsUrl: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  readonly profile: CapabilityProfile;
  /** Shared by everything that uses this app: Spotify counts per app. */
  readonly budget: RequestBudget;
  readonly now: () => Date;
  /** Where refused endpoints are remembered for this app. */
  readonly capabilities?: CapabilityStore | undefined;
  /** A person's token to read the catalogue with where the app has no secret. */
  readonly userToken?: (() => Promise<string>) | undefined;
  /** The memory of a breaker by its name, shared by the house; the process's own unless said. */
  readonly breakerMemory?: ((name: SpotifyBreaker) => BreakerMemory) | undefined;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'random'> | undefined;
}

export interface Spotify {
  readonly catalogue: MusicCatalogue;
  readonly playlistHost: PlaylistHost;
  readonly accounts: AccountsService;
  readonly audioFeatures: AudioFeatureSource;
}

/** One Spotify app. Two of them in one process share nothing but the library. */
export function createSpotify(config: SpotifyConfig): Spotify {
  const { clientId, clientSecret, profile, budget, now, userToken } = config;
  const memory = config.breakerMemory ?? (() => createPrivateMemory(now));
  const policy = { ...config.resilience, vendor: 'Spotify', budget, now };
  // The accounts service is another host: one may be down while the other is up.
  const apiPolicy = createResilience({ ...policy, memory: memory('api') });
  const accountsPolicy = createResilience({ ...policy, memory: memory('accounts') });
  const gateway = createGateway({ apiOrigin: withoutTail(config.apiUrl, /\/v1$/), resilience: apiPolicy, quotaMemory: memory, now });
  const accountsOrigin = withoutTail(config.accountsUrl);
  const { clientCredentials, ...accounts } = createAccounts({ accountsOrigin, clientId, clientSecret, gateway, resilience: accountsPolicy, now });
  const appToken = createAppToken({ now, grant: clientCredentials, userToken });
  const capabilities = createCapabilities(profile, config.capabilities);
  const parts = { gateway, appToken, capabilities };
  return { catalogue: createCatalogue(parts), playlistHost: createPlaylistHost(gateway), accounts, audioFeatures: createSpotifyFeatures(parts) };
}

function withoutTail(url: string, tail = /$/): string {
  return url.replace(/\/+$/, '').replace(tail, '');
}
