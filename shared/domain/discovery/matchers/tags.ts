import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { totalWeight, weighExamples } from '#shared/domain/catalog/neighbors/examples.ts';
import { knownness } from './best-known.ts';
import type { MatchContext, Matcher, MatchQuestion, MatchRanking } from './matcher.ts';
import { NO_CANDIDATES } from './matcher.ts';
import { TopRows } from './top-rows.ts';

/** Genres named in a reason. */
const NAMED_MAX = 3;

/** Recordings of the seeds' genres: the cosine of genres that count the more, the fewer recordings have them (idf). The best known come first. */
export const tagsMatcher: Matcher = { id: 'tags', name: 'Genres', goesBy: 'The same genres; rare ones count more.', match: matchByTags };

interface GenreFacts {
  readonly names: readonly string[];
  /** Recordings of each genre, and what it counts. */
  readonly tracks: Uint32Array;
  readonly idf: Float64Array;
  /** The length of each row's genres as a vector. */
  readonly lengths: Float64Array;
}

const OF_CATALOG = new WeakMap<Catalog, GenreFacts>();

function factsOf(catalog: Catalog): GenreFacts {
  const known = OF_CATALOG.get(catalog);
  if (known) return known;
  const names: string[] = [];
  for (const [name, number] of catalog.tagNumbers.genre) names[number] = name;
  const tracks = new Uint32Array(names.length);
  for (const genre of catalog.tags.genre.values) tracks[genre] = (tracks[genre] ?? 0) + 1;
  const idf = Float64Array.from(tracks, (count) => Math.log((1 + catalog.size) / (1 + count)));
  const { offsets, values } = catalog.tags.genre;
  const lengths = new Float64Array(catalog.size);
  for (let row = 0; row < catalog.size; row++) {
    let square = 0;
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) square += (idf[values[at] ?? -1] ?? 0) ** 2;
    lengths[row] = Math.sqrt(square);
  }
  const facts = { names, tracks, idf, lengths };
  OF_CATALOG.set(catalog, facts);
  return facts;
}

function genresOf({ tags }: Catalog, row: number): Int32Array {
  return tags.genre.values.subarray(tags.genre.offsets[row], tags.genre.offsets[row + 1]);
}

function matchByTags(context: MatchContext, question: MatchQuestion): MatchRanking {
  const { catalog } = context;
  const weights = weighExamples(question.seeds);
  const { names, tracks, idf, lengths } = factsOf(catalog);
  const wanted = new Map<number, number>();
  for (const [row, weight] of weights)
    for (const genre of genresOf(catalog, row)) wanted.set(genre, (wanted.get(genre) ?? 0) + (weight / totalWeight(weights)) * (idf[genre] ?? 0));
  if (wanted.size === 0) return NO_CANDIDATES;
  const length = Math.sqrt([...wanted.values()].reduce((sum, value) => sum + value * value, 0));
  const top = new TopRows(question.limit, (row) => knownness(context, row));
  const { offsets, values } = catalog.tags.genre;
  const worth = Float64Array.from(idf, (own, genre) => own * (wanted.get(genre) ?? 0));
  for (let row = 0; row < catalog.size; row++) {
    let shared = 0;
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) shared += worth[values[at] ?? -1] ?? 0;
    if (shared > 0 && !weights.has(row) && question.admits(row)) top.offer(row, shared / ((lengths[row] ?? 1) * length));
  }
  const sorted = top.sorted();
  return {
    ...sorted,
    reasonOf: (place) => {
      const shared = [...genresOf(catalog, sorted.rows[place] ?? -1)].filter((genre) => wanted.has(genre));
      if (shared.length === 0) return undefined;
      const rarest = shared.toSorted((a, b) => (tracks[a] ?? 0) - (tracks[b] ?? 0)).slice(0, NAMED_MAX);
      return { fact: 'genres', genres: rarest.map((genre) => ({ genre: names[genre] ?? '', tracks: tracks[genre] ?? 0 })) };
    },
  };
}
