import type { FusionWeights } from './fusion-weights.ts';
import type { Matcher, MatchQuestion, MatchRanking } from './matcher.ts';
import { TopRows } from './top-rows.ts';

/** All sources together: weighted reciprocal rank fusion (Cormack et al. 2009). A source without a learned weight counts as the median one. */
export function createHybridMatcher(sources: readonly Matcher[], weights: FusionWeights): Matcher {
  return {
    id: 'hybrid',
    name: 'Everything',
    goesBy: 'All of these together.',
    match: (context, question) =>
      fuse(
        sources.map((source) => ({ ranking: source.match(context, question), weight: weights.of[source.id] ?? weights.otherwise })),
        { question, rankOffset: weights.rankOffset },
      ),
  };
}

interface Source {
  readonly ranking: MatchRanking;
  readonly weight: number;
}

function fuse(sources: readonly Source[], { question, rankOffset }: { readonly question: MatchQuestion; readonly rankOffset: number }): MatchRanking {
  const scores = new Map<number, number>();
  /** The source that says most of a row, and the row's place in it. */
  const strongest = new Map<number, { source: Source; place: number; share: number }>();
  for (const source of sources) {
    source.ranking.rows.forEach((row, place) => {
      const share = source.weight / (rankOffset + place + 1);
      scores.set(row, (scores.get(row) ?? 0) + share);
      if (share > (strongest.get(row)?.share ?? 0)) strongest.set(row, { source, place, share });
    });
  }
  const top = new TopRows(question.limit);
  for (const [row, score] of scores) top.offer(row, score);
  const sorted = top.sorted();
  return {
    ...sorted,
    reasonOf: (place) => {
      const found = strongest.get(sorted.rows[place] ?? -1);
      return found?.source.ranking.reasonOf(found.place);
    },
  };
}

/** Fuses rankings that were made already, for example after a part of each was chosen. */
export function fuseRankings(rankings: ReadonlyMap<string, MatchRanking>, weights: FusionWeights, question: MatchQuestion): MatchRanking {
  const sources = [...rankings].map(([id, ranking]) => ({ ranking, weight: weights.of[id] ?? weights.otherwise }));
  return fuse(sources, { question, rankOffset: weights.rankOffset });
}
