import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import { knownness } from './best-known.ts';
import type { MatchContext, Matcher, MatchQuestion, MatchRanking } from './matcher.ts';
import { NO_CANDIDATES } from './matcher.ts';

/** An artist or a playlist is heard by so many of its best known recordings. */
const ROWS_PER_SEED = 8;

/** Recordings that sound like a seed: the exact nearest by all audio features, year and length. */
export const audioMatcher: Matcher = {
  id: 'audio',
  name: 'Sound',
  goesBy: 'The nearest by tempo, energy and ten more features.',
  match: matchBySound,
};

function matchBySound(context: MatchContext, question: MatchQuestion): MatchRanking {
  const { sound, catalog } = context;
  const seeds = [...new Set(question.seeds.flatMap((seed) => heardRows(context, seed)))]
    .filter((row) => sound.isKnown(row))
    .toSorted((a, b) => a - b);
  if (seeds.length === 0) return NO_CANDIDATES;
  const named = new Set(question.seeds.flatMap(({ rows }) => rows));
  const admits = (row: number) => !named.has(row) && sound.isKnown(row) && question.admits(row);
  const nearest = new Map<number, { distance: number; seed: number }>();
  for (const seed of seeds) {
    const found = sound.nearest(seed, { limit: question.limit, admits });
    found.rows.forEach((row, at) => {
      const distance = found.distances[at] ?? 0;
      if (distance < (nearest.get(row)?.distance ?? Number.POSITIVE_INFINITY)) nearest.set(row, { distance, seed });
    });
  }
  const sorted = [...nearest].toSorted(([a, one], [b, other]) => one.distance - other.distance || a - b).slice(0, question.limit);
  return {
    rows: Int32Array.from(sorted, ([row]) => row),
    scores: Float32Array.from(sorted, ([, { distance }]) => -distance),
    reasonOf: (place) => {
      const found = sorted[place];
      if (!found) return undefined;
      const [row, { seed }] = found;
      return {
        fact: 'sound',
        seed,
        ...sound.compare(row, seed),
        tempo: valueOf(catalog.numbers.tempo[row]),
        energy: valueOf(catalog.numbers.energy[row]),
      };
    },
  };
}

function heardRows(context: MatchContext, { kind, rows }: Example): readonly number[] {
  const known = rows.filter((row) => row >= 0);
  if (kind === 'recording' || known.length <= ROWS_PER_SEED) return known;
  return known.toSorted((a, b) => knownness(context, b) - knownness(context, a) || a - b).slice(0, ROWS_PER_SEED);
}

function valueOf(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) || value === 0 ? null : value;
}
