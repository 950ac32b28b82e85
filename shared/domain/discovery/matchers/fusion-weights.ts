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
  of: { 'co-playlist': 1, artist: 0.6, audio: 0.1, tags: 0.1 },
  otherwise: 0.1,
  rankOffset: 10,
  learned: { on: '', by: '', day: '' },
};
