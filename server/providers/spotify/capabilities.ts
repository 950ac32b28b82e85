import type { CapabilityProfile } from '#shared/vocabulary.ts';

/** Endpoints that are not available to every app. An endpoint refused once is not requested again. */
export const GATED_ENDPOINTS = ['batch-reads', 'audio-features'] as const;
export type GatedEndpoint = (typeof GATED_ENDPOINTS)[number];

/** Persistent storage of refused endpoints, per app. */
export interface CapabilityStore {
  load(): Promise<readonly string[]>;
  remember(endpoint: GatedEndpoint): Promise<void>;
}

export interface Capabilities {
  mayUse(endpoint: GatedEndpoint): Promise<boolean>;
  /** Records that Spotify refused the endpoint; `mayUse` returns false from then on. */
  markRefused(endpoint: GatedEndpoint): Promise<void>;
  profile(): Promise<CapabilityProfile>;
}

const OPEN: Readonly<Record<CapabilityProfile, readonly GatedEndpoint[]>> = {
  'dev-2026': [],
  'dev-legacy': ['batch-reads'],
  extended: ['batch-reads', 'audio-features'],
};

/** What the app may use: the configured profile, reduced by the endpoints that Spotify refused. */
export function createCapabilities(configured: CapabilityProfile, store?: CapabilityStore): Capabilities {
  let loading: Promise<Set<string>> | undefined;
  const refusedEndpoints = async (): Promise<Set<string>> => {
    loading ??= store ? store.load().then((endpoints) => new Set(endpoints)) : Promise.resolve(new Set<string>());
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  const mayUse = async (endpoint: GatedEndpoint): Promise<boolean> =>
    OPEN[configured].includes(endpoint) && !(await refusedEndpoints()).has(endpoint);
  return {
    mayUse,
    markRefused: async (endpoint) => {
      (await refusedEndpoints()).add(endpoint);
      await store?.remember(endpoint);
    },
    profile: async () => {
      if (!(await mayUse('batch-reads'))) return 'dev-2026';
      return (await mayUse('audio-features')) ? 'extended' : 'dev-legacy';
    },
  };
}
