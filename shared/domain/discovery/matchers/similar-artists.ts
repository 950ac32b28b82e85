import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import type { MatchContext } from './matcher.ts';

/** How an artist is linked with artists of the seeds. */
export interface ArtistLink {
  /** From 0 to below 1. */
  readonly affinity: number;
  /** The seed whose artist appears with this one most. */
  readonly seed: number;
  /** Lists with both artists, and recordings that credit both. */
  readonly lists: number;
  readonly credits: number;
}

/** A recording that credits both says as much as so many lists with both. */
const CREDIT_WEIGHT = 3;
/** So much evidence is half of what is possible. */
const HALF_AFFINITY = 4;

interface Counts {
  lists: number;
  credits: number;
  evidence: number;
  bySeed: Map<number, number>;
}

/**
 * Artists who appear with the seeds' artists, by co-occurrence on lists and in credits. A list counts less the more artists it has, and an artist of many
 * recordings has to appear more often. Artists of the seeds themselves are left out.
 */
export function similarArtists(
  { catalog, lists }: Pick<MatchContext, 'catalog' | 'lists'>,
  weights: ReadonlyMap<number, number>,
): Map<number, ArtistLink> {
  const seedOf = new Map<number, number>();
  for (const row of [...weights.keys()].toSorted((a, b) => b - a)) for (const artist of artistsOf(catalog, row)) seedOf.set(artist, row);
  const counts = new Map<number, Counts>();
  const add = (artist: number, what: 'lists' | 'credits', of: { readonly seeds: Iterable<number>; readonly evidence: number }): void => {
    if (seedOf.has(artist)) return;
    const own = counts.get(artist) ?? { lists: 0, credits: 0, evidence: 0, bySeed: new Map<number, number>() };
    counts.set(artist, own);
    own[what] += 1;
    own.evidence += of.evidence;
    for (const seed of of.seeds) own.bySeed.set(seed, (own.bySeed.get(seed) ?? 0) + of.evidence);
  };
  for (const list of lists) {
    const artists = new Set(list.flatMap((row) => (row < 0 ? [] : [...artistsOf(catalog, row)])));
    const seeds = new Set([...artists].flatMap((artist) => seedOf.get(artist) ?? []));
    if (seeds.size === 0) continue;
    for (const artist of artists) add(artist, 'lists', { seeds, evidence: 1 / Math.sqrt(artists.size) });
  }
  addCredits(catalog, seedOf, (artist, seed) => add(artist, 'credits', { seeds: [seed], evidence: CREDIT_WEIGHT }));
  const index = creditIndexOf(catalog);
  return new Map(
    [...counts].map(([artist, { lists: onLists, credits, evidence, bySeed }]) => {
      const even = (4 * evidence) / Math.sqrt(4 + Math.max(1, index.rowsByArtist(artist).length));
      const [seed] = [...bySeed].reduce((best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best));
      return [artist, { affinity: even / (even + HALF_AFFINITY), seed, lists: onLists, credits }] as const;
    }),
  );
}

function addCredits(catalog: MatchContext['catalog'], seedOf: ReadonlyMap<number, number>, add: (artist: number, seed: number) => void): void {
  const { offsets, values } = catalog.artists;
  const index = creditIndexOf(catalog);
  const rows = new Set([...seedOf.keys()].flatMap((artist) => [...index.rowsByArtist(artist)]));
  for (const row of rows) {
    const [from, to] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
    if (to - from < 2) continue;
    const credited = values.subarray(from, to);
    const known = credited.find((artist) => seedOf.has(artist));
    const seed = seedOf.get(known ?? -1);
    if (seed === undefined) continue;
    for (const other of credited) if (other !== known) add(other, seed);
  }
}
