import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import { FUSION_WEIGHTS } from '#shared/domain/discovery/matchers/fusion-weights.ts';
import type { FusionWeights } from '#shared/domain/discovery/matchers/fusion-weights.ts';
import { fuseRankings } from '#shared/domain/discovery/matchers/hybrid.ts';
import type { MatchContext, MatchRanking } from '#shared/domain/discovery/matchers/matcher.ts';
import { DEFAULT_MATCHER, MATCHERS, SOURCE_MATCHERS } from '#shared/domain/discovery/matchers/registry.ts';
import { buildSoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { confidence, mean } from '../lists/statistics.ts';
import { carveValidation, ndcg50, readContinuation, seedsOf } from './continuation.ts';
import type { Continuation } from './continuation.ts';

const SEED_COUNTS = [1, 5];
const LISTS = Number(process.env['MATCHERS_LISTS'] ?? 2_000);
const LIMIT = 1_000;
const SALT = 7;

/** NDCG@50 of each matcher with one and five seeds a list, beside random choice, popularity and item-KNN. `MATCHERS_LEARN=1` learns the weights of fusion. */
export async function benchMatchers(): Promise<void> {
  const music = readContinuation('playlist-continuation');
  if (!music) return;
  if (process.env['MATCHERS_LEARN']) {
    learnWeights();
    return;
  }
  const tested = withHidden(music).slice(0, LISTS);
  const corpus = corpusOf(music);
  console.log(
    `${tested.length.toLocaleString('en')} lists of ${music.lists.length.toLocaleString('en')}, ${music.catalog.size.toLocaleString('en')} recordings`,
  );
  for (const count of SEED_COUNTS) {
    const scores = new Map<string, number[]>();
    const add = (name: string, value: number) => scores.set(name, [...(scores.get(name) ?? []), value]);
    for (const list of tested) {
      const seeds = seedsOf(list.known, count, SALT);
      const { context, question } = corpus.ask(seeds);
      add('random', ndcg50(byLot(music, seeds), list));
      add('popularity', ndcg50(corpus.popular, list));
      add('item-KNN', ndcg50(itemKnn(context, seeds), list));
      for (const matcher of MATCHERS) add(matcher.id, ndcg50(matcher.match(context, question).rows, list));
    }
    const meanOf = (name: string) => mean(scores.get(name) ?? []);
    for (const [name, values] of scores) reportObserved(`matchers.ndcg50 ${name} ${count} seeds`, mean(values), `± ${confidence(values).toFixed(4)}`);
    const best = Math.max(...[...scores.keys()].map(meanOf));
    reportFigure(`matchers.default-over-best ${count} seeds`, meanOf(DEFAULT_MATCHER.id) / best, { atLeast: 1 });
    reportFigure(`matchers.default-over-item-knn ${count} seeds`, meanOf(DEFAULT_MATCHER.id) / meanOf('item-KNN'), { atLeast: 1.05 });
  }
  await Promise.resolve();
}

const withHidden = ({ lists }: Continuation) => lists.filter(({ hidden, known }) => hidden.length > 0 && known.length > 0);

/** Everybody's lists, by recording and artist, as the database would answer. */
function corpusOf({ catalog, lists }: Continuation) {
  const byRow = new Map<number, number[]>();
  const byArtist = new Map<number, Set<number>>();
  const listed = new Uint32Array(catalog.size);
  lists.forEach(({ known }, at) => {
    for (const row of new Set(known)) {
      listed[row] = (listed[row] ?? 0) + 1;
      byRow.set(row, [...(byRow.get(row) ?? []), at]);
      for (const artist of artistsOf(catalog, row)) byArtist.set(artist, (byArtist.get(artist) ?? new Set()).add(at));
    }
  });
  const sound = finish(buildSoundSpace(catalog));
  const popular = Array.from({ length: catalog.size }, (_, row) => row).toSorted((a, b) => (listed[b] ?? 0) - (listed[a] ?? 0) || a - b);
  const ask = (seeds: readonly number[]) => {
    const found = new Set(
      seeds.flatMap((row) => [...(byRow.get(row) ?? []), ...[...artistsOf(catalog, row)].flatMap((artist) => [...(byArtist.get(artist) ?? [])])]),
    );
    const context: MatchContext = { catalog, lists: [...found].map((at) => lists[at]?.known ?? []), listed, sound };
    const examples = seeds.map((row): Example => ({ kind: 'recording', rows: [row] }));
    return { context, question: { seeds: examples, admits: () => true, limit: LIMIT } };
  };
  return { ask, popular: popular.slice(0, 500) };
}

function byLot({ catalog }: Continuation, seeds: readonly number[]): number[] {
  return Array.from({ length: 200 }, (_, at) => Math.floor(chanceOf(seeds[0] ?? 0, at) * catalog.size));
}

/** Cosine of the lists that recordings are on, summed over the seeds. */
function itemKnn({ lists, listed }: MatchContext, seeds: readonly number[]): number[] {
  const wanted = new Set(seeds);
  const scores = new Map<number, number>();
  for (const list of lists) {
    const held = list.filter((row) => wanted.has(row));
    if (held.length === 0) continue;
    for (const row of new Set(list)) {
      if (wanted.has(row)) continue;
      const cosine = held.reduce((sum, seed) => sum + 1 / Math.sqrt((listed[row] ?? 1) * (listed[seed] ?? 1)), 0);
      scores.set(row, (scores.get(row) ?? 0) + cosine);
    }
  }
  return [...scores].toSorted(([a, one], [b, other]) => other - one || a - b).map(([row]) => row);
}

interface Learned {
  readonly rankings: ReadonlyMap<string, MatchRanking>;
  readonly question: ReturnType<ReturnType<typeof corpusOf>['ask']>['question'];
  readonly list: Continuation['lists'][number];
}

const FACTORS = [0.25, 0.5, 0.7, 0.85, 1.2, 1.5, 2, 4];

/** Coordinate ascent on NDCG@50 of validation lists of both sets, each set's gain relative to its best single source. */
function learnWeights(): void {
  const sets = (['playlist-continuation', 'cold-start'] as const).flatMap((set) => {
    const music = readContinuation(set);
    if (!music) return [];
    const carved = carveValidation(music, 1);
    const corpus = corpusOf(carved);
    const lists = withHidden(carved).slice(0, set === 'cold-start' ? 300 : 600);
    return SEED_COUNTS.map((count) =>
      lists.map((list): Learned => {
        const { context, question } = corpus.ask(seedsOf(list.known, count, SALT + 1));
        return { rankings: new Map(SOURCE_MATCHERS.map((source) => [source.id, source.match(context, question)])), question, list };
      }),
    );
  });
  const scoreOf = (weights: FusionWeights) =>
    sets.map((rows) => mean(rows.map(({ rankings, question, list }) => ndcg50(fuseRankings(rankings, weights, question).rows, list))));
  const base = scoreOf(FUSION_WEIGHTS);
  const gain = (weights: FusionWeights) => mean(scoreOf(weights).map((score, at) => score / Math.max(1e-9, base[at] ?? 1)));
  let best = FUSION_WEIGHTS;
  let bestGain = gain(best);
  for (let round = 0; round < 3; round++) {
    for (const rankOffset of [0, 1, 2, 4, 8, 16, 32, 60]) {
      const tried = { ...best, rankOffset };
      const value = gain(tried);
      if (value > bestGain + 1e-5) [best, bestGain] = [tried, value];
    }
    for (const { id, factor } of SOURCE_MATCHERS.flatMap((source) => FACTORS.map((one) => ({ id: source.id, factor: one })))) {
      const tried = { ...best, of: { ...best.of, [id]: (best.of[id] ?? 0.1) * factor } };
      const value = gain(tried);
      if (value > bestGain + 1e-5) [best, bestGain] = [tried, value];
    }
    console.log(
      `round ${round + 1}: ${JSON.stringify(best.of)}, offset ${best.rankOffset}: ${bestGain.toFixed(4)} of the first; NDCG@50 ${scoreOf(best)
        .map((one) => one.toFixed(4))
        .join(', ')}`,
    );
  }
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
