import type { Deps } from './deps.ts';
import type { ReadyEnv } from './ready-env.ts';

export function createVendors(_env: ReadyEnv, _deps: Pick<Deps, 'db' | 'now'>): Pick<Deps, 'catalogue' | 'playlistHost' | 'spotifyAccounts' | 'featureSources' | 'genreSources'> {
  return { featureSources: [], genreSources: [] } as never;
}
