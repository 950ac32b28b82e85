import type { CapabilityProfile } from '#shared/vocabulary.ts';

/** Endpoints that some apps may not use; what was refused once is not asked for again. */
export const GATED_ENDPOINTS = ['batch-reads', 'audio-features'] as const;
export type GatedEndpoint = (typeof GATED_ENDPOINTS)[number];

/** Where refusals outlive the process, per app. */
export interface CapabilityStore {
  load(): Promise<readonly string[]>;
  remember(endpoint: GatedEndpoint): Promise<void>;
}

export interface Capabilities {
  mayUse(endpoint: GatedEndpoint): Promise<boolean>;
  /** Spotify refused it: from now on `mayUse` says no. */
  refused(endpoint: GatedEndpoint): Promise<void>;
  profile(): Promise<CapabilityProfile>;
}

const OPEN: Readonly<Record<CapabilityProfile, readonly GatedEndpoint[]>> = {
  'dev-2026': [],
  'dev-legacy': ['batch-reads'],
  extended: ['batch-reads', 'audio-features'],
};

/** What the app may do: the profile that it was configured for, corrected by what Spotify refused. */
export function createCapabilities(configured: CapabilityProfile, store?: CapabilityStore): Capabilities {
  let loading: Promise<Set<string>> | undefined;
  const closed = async (): Promise<Set<string>> => {
    loading ??= store ? store.load().then((endpoints) => new Set(endpoints)) : Promise.resolve(new Set<string>());
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  const mayUse = async (endpoint: GatedEndpoint): Promise<boolean> => OPEN[configured].includes(endpoint) && !(await closed()).has(endpoint);
  return {
    mayUse,
    refused: async (endpoint) => {
      (await closed()).add(endpoint);
      await store?.remember(endpoint);
    },
    profile: async () => {
      if (!(await mayUse('batch-reads'))) return 'dev-2026';
      return (await mayUse('audio-features')) ? 'extended' : 'dev-legacy';
    },
  };
}
