/** Weights of rank fusion, as data, with how they were learned. */
export interface FusionWeights {
  readonly of: Readonly<Record<string, number>>;
  /** For a source that was not there when the weights were learned. */
  readonly otherwise: number;
  /** Added to each rank: the larger, the less the first places stand out. */
  readonly rankOffset: number;
  readonly learned: { readonly on: string; readonly by: string; readonly day: string };
}

export const FUSION_WEIGHTS: FusionWeights = {
  of: { 'co-playlist': 0.5, artist: 0.6, audio: 0.019, tags: 0.1 },
  otherwise: 0.1,
  rankOffset: 16,
  learned: {
    on: '600 lists that people made and 300 with little known about them, each with one and five seeds, none of the tested ones',
    by: 'coordinate ascent on NDCG@50, three rounds (bench `matchers`)',
    day: '2026-11-30',
  },
};
