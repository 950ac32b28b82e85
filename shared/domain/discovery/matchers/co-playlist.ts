import { totalWeight, weighExamples } from '#shared/domain/catalog/neighbors/examples.ts';
import { knownness } from './best-known.ts';
import type { MatchContext, Matcher, MatchQuestion, MatchRanking } from './matcher.ts';
import { NO_CANDIDATES } from './matcher.ts';
import { TopRows } from './top-rows.ts';

/**
 * Exponents of RP3beta (Paudel et al. 2017): how much each step of the walk seed → list → recording is evened out, and how much well-known recordings
 * are held down. Chosen on a validation part of the training lists of bench `matchers`.
 */
const ALPHA = 0.6;
const BETA = 0.2;
/** Longer lists say little about any two of their tracks and are left out. */
const LIST_TRACKS_MAX = 1_000;

/** What was on lists with the seeds: a random walk of three steps over everybody's lists. */
export const coPlaylistMatcher: Matcher = {
  id: 'co-playlist',
  name: 'Playlists',
  goesBy: 'Recordings that are on the same playlists.',
  match: matchByLists,
};

function matchByLists(context: MatchContext, question: MatchQuestion): MatchRanking {
  const weights = weighExamples(question.seeds);
  if (totalWeight(weights) === 0) return NO_CANDIDATES;
  const { lists, listed } = context;
  const scores = new Map<number, number>();
  const together = new Map<number, Map<number, number>>();
  for (const list of lists) {
    const rows = [...new Set(list)].filter((row) => row >= 0);
    const seeds = rows.filter((row) => weights.has(row));
    if (seeds.length === 0 || rows.length > LIST_TRACKS_MAX) continue;
    const reached = seeds.reduce((sum, seed) => sum + (weights.get(seed) ?? 0) / Math.max(1, listed[seed] ?? 1) ** ALPHA, 0);
    const step = reached / rows.length ** ALPHA;
    for (const row of rows) {
      if (weights.has(row)) continue;
      scores.set(row, (scores.get(row) ?? 0) + step);
      const counts = together.get(row) ?? new Map<number, number>();
      together.set(row, counts);
      for (const seed of seeds) counts.set(seed, (counts.get(seed) ?? 0) + 1);
    }
  }
  const top = new TopRows(question.limit, (row) => knownness(context, row));
  for (const [row, score] of scores) if (question.admits(row)) top.offer(row, score / Math.max(1, listed[row] ?? 1) ** BETA);
  const { rows, scores: sorted } = top.sorted();
  return {
    rows,
    scores: sorted,
    reasonOf: (place) => {
      const row = rows[place];
      const counts = row === undefined ? undefined : together.get(row);
      if (row === undefined || !counts) return undefined;
      const [seed, shared] = [...counts].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best));
      return { fact: 'shared_lists', seed, together: shared, listed: Math.max(shared, listed[row] ?? 0) };
    },
  };
}
