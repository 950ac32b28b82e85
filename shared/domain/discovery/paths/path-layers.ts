import type { PathBy } from '#shared/contracts/discovery/path.ts';
import { artistMatcher } from '#shared/domain/discovery/matchers/artist.ts';
import { coPlaylistMatcher } from '#shared/domain/discovery/matchers/co-playlist.ts';
import type { Matcher, MatchContext } from '#shared/domain/discovery/matchers/matcher.ts';
import { tagsMatcher } from '#shared/domain/discovery/matchers/tags.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { SoundSpace } from '#shared/domain/discovery/matchers/sound-space.ts';

/** A path to find: its ends, how many steps, and how many rows are tried at each place. */
interface PathShape {
  readonly ends: readonly [number, number];
  readonly steps: number;
  readonly perPlace: number;
  readonly admits: (row: number) => boolean;
}

/** Candidates of each source for each end. */
const PER_SOURCE = 240;

/** For each place between the ends, the rows that sound most like the point that divides the way evenly. Empty places when the sound of an end is unknown. */
export function soundLayers(sound: SoundSpace, { ends, steps, perPlace, admits }: PathShape): number[][] {
  const isHeard = ends.every((end) => sound.isKnown(end));
  return Array.from({ length: steps - 1 }, (_, at) =>
    isHeard ? [...sound.between(ends, (at + 1) / steps, { limit: perPlace, admits: (row) => sound.isKnown(row) && admits(row) }).rows] : [],
  );
}

/** What is tried at each place, the ends included: by sound, by links or half of each; one row where it is kept. */
export function candidateLayers(
  context: Omit<MatchContext, 'listed'>,
  shape: PathShape & { readonly by: PathBy; readonly heard: readonly (readonly number[])[]; readonly kept: ReadonlyMap<number, number> },
): number[][] {
  const { ends, heard, kept, by, perPlace } = shape;
  const linked = linkLayers(context, shape);
  const between = heard.map((rows, at) => mixed(by, { heard: rows, linked: linked[at] ?? [], perPlace }));
  return [[ends[0]], ...between, [ends[1]]].map((rows, place) => (kept.has(place) ? [kept.get(place) ?? -1] : rows));
}

interface PlaceCandidates {
  readonly heard: readonly number[];
  readonly linked: readonly number[];
  readonly perPlace: number;
}

function mixed(by: PathBy, { heard, linked, perPlace }: PlaceCandidates): number[] {
  if (by === 'sound' && heard.length > 0) return [...heard];
  const preferred = by === 'playlists' ? [linked, heard] : [heard, linked];
  const [one = [], other = []] = preferred.map((rows) => rows.slice(0, Math.ceil(perPlace / 2)));
  return [...new Set([...one, ...other, ...preferred.flat()])].slice(0, perPlace);
}

/**
 * For each place between the ends, rows that go with either end by playlists; where the sound of an end is unknown, or playlists alone count, by
 * genres too, and by credits where these are few.
 * A row is placed by how far it is from each end.
 */
export function linkLayers(context: Omit<MatchContext, 'listed'>, shape: PathShape & { readonly by: PathBy }): number[][] {
  const { ends, steps, perPlace } = shape;
  const isHeard = ends.every((end) => context.sound.isKnown(end));
  const sources = isHeard && shape.by !== 'playlists' ? [coPlaylistMatcher] : [coPlaylistMatcher, tagsMatcher];
  const ranked = (all: readonly Matcher[]) => ends.map((end) => ranksFrom(context, { end, sources: all, admits: shape.admits }));
  const first = ranked(sources);
  const isShort = !isHeard && first.some((ranks) => ranks.size < steps);
  const [near, far] = isShort ? ranked([...sources, artistMatcher]) : first;
  const places = [...new Set([...(near?.keys() ?? []), ...(far?.keys() ?? [])])]
    .filter((row) => !ends.includes(row))
    .map((row) => ({ row, ...placeOf(context.sound, { row, ends, ranks: [near?.get(row), far?.get(row)] }) }));
  return Array.from({ length: steps - 1 }, (_, at) => {
    const share = (at + 1) / steps;
    return places
      .toSorted((a, b) => Math.abs(a.share - share) + a.away - (Math.abs(b.share - share) + b.away) || a.row - b.row)
      .slice(0, perPlace)
      .map(({ row }) => row);
  });
}

/** The best rank of each row among the candidates of one end, from 0. */
function ranksFrom(
  { catalog, lists, sound }: Omit<MatchContext, 'listed'>,
  { end, sources, admits }: { readonly end: number; readonly sources: readonly Matcher[]; readonly admits: (row: number) => boolean },
): Map<number, number> {
  const ranks = new Map<number, number>();
  const context = { catalog, lists: lists.filter((list) => list.includes(end)), sound, listed: new Uint32Array(catalog.size) };
  for (const source of sources) {
    const { rows } = source.match(context, { seeds: [{ kind: 'recording', rows: [end] }], admits, limit: PER_SOURCE });
    rows.forEach((row, rank) => ranks.set(row, Math.min(ranks.get(row) ?? PER_SOURCE, rank)));
  }
  return ranks;
}

interface Placed {
  readonly row: number;
  readonly ends: readonly [number, number];
  readonly ranks: readonly (number | undefined)[];
}

/** Where a row is on the way, from 0 to 1, and how far it is from both ends by rank, from 0 to 1. */
function placeOf(sound: SoundSpace, { row, ends: [from, to], ranks }: Placed): { readonly share: number; readonly away: number } {
  const [a, b] = [(ranks[0] ?? PER_SOURCE) / PER_SOURCE, (ranks[1] ?? PER_SOURCE) / PER_SOURCE];
  const [toFrom, toTo] = [sound.compare(from, row), sound.compare(row, to)];
  const isHeard = toFrom.features > 0 && toTo.features > 0 && toFrom.distance + toTo.distance > 0;
  return { share: isHeard ? toFrom.distance / (toFrom.distance + toTo.distance) : (a + 1e-3) / (a + b + 2e-3), away: Math.min(a, b) };
}

/** The numbers of the lists that hold each of the rows, ascending. */
export function listsByRow(lists: readonly (readonly number[])[], rows: Iterable<number>): Map<number, number[]> {
  const numbers = new Map<number, number[]>(Array.from(rows, (row) => [row, []]));
  lists.forEach((list, number) => {
    for (const row of list) {
      const own = numbers.get(row);
      if (own && own.at(-1) !== number) own.push(number);
    }
  });
  return numbers;
}

/** What of a row the catalog does not know that a path could be found by, in words; undefined when it knows something. */
export function unknownOf(catalog: Catalog, sound: SoundSpace, row: number): string | undefined {
  if (sound.isKnown(row)) return undefined;
  const hasGenres = (catalog.tags.genre.offsets[row + 1] ?? 0) > (catalog.tags.genre.offsets[row] ?? 0);
  return hasGenres ? 'sound' : 'sound and genres';
}
