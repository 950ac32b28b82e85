import type { Deps } from '#server/deps.ts';

/** What every stage of enrichment needs. */
export type EnrichDeps = Pick<Deps, 'db' | 'pool' | 'now' | 'newId' | 'catalogue' | 'featureSources' | 'genreSources' | 'log'>;

/** What one stage of enrichment did. */
export interface Stage {
  readonly asked: number;
  readonly known: number;
}
