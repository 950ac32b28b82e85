import type { PathBy, PathFact } from '#shared/contracts/discovery/path.ts';
import { camelotSteps, CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { camelotOf } from '#shared/domain/curation/flow.ts';
import type { SoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';

/** What joins are judged by. */
export interface JoinContext {
  readonly catalog: Catalog;
  readonly sound: SoundSpace;
  /** The numbers of the known lists that hold a row, ascending; absent for a row on none. */
  readonly listsOf: ReadonlyMap<number, readonly number[]>;
}

/** Fewer features that are known of both say too little to compare by sound. */
const FEATURES_MIN = 3;
/** The distance to expect between two recordings of which nothing is known, in standard deviations. */
const UNKNOWN_DISTANCE = Math.SQRT2;
/** What a shared playlist, a shared genre and keys that mix take off the cost of a join. */
const PER_LIST_DOUBLING = 0.5;
const GENRE_FACTOR = 0.9;
const KEY_FACTOR = 0.95;
/** By playlists alone: what a join without a shared playlist costs more than one with, and what sound still counts. */
const NO_LIST_COST = 3;
const SOUND_AMONG_LISTS = 0.1;
const GENRES_NAMED_MAX = 3;

/**
 * What it costs to follow one row by another: the squared distance, so that many small steps cost less than one large one, lowered by what else joins
 * them. Infinite when nothing known joins them.
 */
export function joinCost(context: JoinContext, [a, b]: readonly [number, number], by: PathBy): number {
  const { catalog } = context;
  const { distance, features } = context.sound.compare(a, b);
  const isHeard = features >= FEATURES_MIN;
  const square = (isHeard ? distance : UNKNOWN_DISTANCE) ** 2;
  const lists = by === 'sound' && isHeard ? 0 : sharedLists(context, a, b);
  const isGenre = by !== 'sound' || !isHeard ? sharesGenre(catalog, a, b) : false;
  const mixes = keysMix(catalog, a, b) ? KEY_FACTOR : 1;
  if (!isHeard && lists === 0 && !isGenre && !sharesCredit(catalog, a, b)) return Number.POSITIVE_INFINITY;
  const factor = mixes * (isGenre ? GENRE_FACTOR : 1);
  if (by === 'sound' && isHeard) return square * mixes;
  if (by === 'playlists') return factor * (SOUND_AMONG_LISTS * square + (lists === 0 ? NO_LIST_COST : 1 / (1 + Math.log2(lists))));
  return (factor * square) / (1 + PER_LIST_DOUBLING * Math.log2(1 + lists));
}

/** All facts that join two rows, in the order in which a person would name them. */
export function joinFacts(context: JoinContext, [a, b]: readonly [number, number]): PathFact[] {
  const { catalog } = context;
  const together = sharedLists(context, a, b);
  const artist = artistsOf(catalog, a).find((one) => artistsOf(catalog, b).includes(one));
  const genres = genresOf(catalog, a).filter((genre) => genresOf(catalog, b).includes(genre));
  const [year, otherYear] = [catalog.numbers.release_year[a], catalog.numbers.release_year[b]];
  const { distance, features } = context.sound.compare(a, b);
  const [key, otherKey] = [camelotOf(catalog, a), camelotOf(catalog, b)];
  return [
    ...(together > 0 ? [{ fact: 'shared_lists', together } as const] : []),
    ...(catalog.albums[a] === catalog.albums[b] ? [{ fact: 'same_album', album: catalog.albumNames?.[catalog.albums[a] ?? -1] ?? '' } as const] : []),
    ...(artist === undefined ? [] : [{ fact: 'same_artist', artist: catalog.artistNames[artist] ?? '' } as const]),
    ...(keysMix(catalog, a, b) ? [{ fact: 'key', from: CAMELOT_CODES[key] ?? '', to: CAMELOT_CODES[otherKey] ?? '' } as const] : []),
    ...(genres.length > 0 ? [{ fact: 'genres', genres: namesOfGenres(catalog, genres) } as const] : []),
    ...(year !== undefined && year === otherYear ? [{ fact: 'year', year } as const] : []),
    ...(features > 0
      ? [
          {
            fact: 'sound',
            distance,
            features,
            tempo: pairOf(catalog.numbers.tempo, [a, b], 0),
            energy: pairOf(catalog.numbers.energy, [a, b]),
          } as const,
        ]
      : []),
  ];
}

function sharedLists({ listsOf }: JoinContext, a: number, b: number): number {
  const [one = [], other = []] = [listsOf.get(a), listsOf.get(b)];
  let [i, j, shared] = [0, 0, 0];
  while (i < one.length && j < other.length) {
    const difference = (one[i] ?? 0) - (other[j] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return shared;
}

function genresOf({ tags }: Catalog, row: number): Int32Array {
  return tags.genre.values.subarray(tags.genre.offsets[row], tags.genre.offsets[row + 1]);
}

/** Written out: a path asks this a hundred thousand times. */
function sharesGenre({ tags }: Catalog, a: number, b: number): boolean {
  const { offsets, values } = tags.genre;
  const [from, to] = [offsets[b] ?? 0, offsets[b + 1] ?? 0];
  for (let i = offsets[a] ?? 0; i < (offsets[a + 1] ?? 0); i++) for (let j = from; j < to; j++) if (values[i] === values[j]) return true;
  return false;
}

function sharesCredit(catalog: Catalog, a: number, b: number): boolean {
  const others = artistsOf(catalog, b);
  return catalog.albums[a] === catalog.albums[b] || artistsOf(catalog, a).some((artist) => others.includes(artist));
}

/** Keys that are the same, a fifth apart, or relatives. */
function keysMix(catalog: Catalog, a: number, b: number): boolean {
  const steps = camelotSteps(camelotOf(catalog, a), camelotOf(catalog, b));
  return steps !== null && steps <= 1;
}

function namesOfGenres(catalog: Catalog, genres: Int32Array): string[] {
  const wanted = new Set(genres.slice(0, GENRES_NAMED_MAX));
  return [...catalog.tagNumbers.genre].flatMap(([name, number]) => (wanted.has(number) ? [name] : []));
}

/** Both values, or null when one is unknown. `unmeasured` also stands for an unknown value. */
function pairOf(column: Float32Array, [a, b]: readonly [number, number], unmeasured = Number.NaN): readonly [number, number] | null {
  const [one = Number.NaN, other = Number.NaN] = [column[a], column[b]];
  return [one, other].some((value) => Number.isNaN(value) || value === unmeasured) ? null : [one, other];
}
