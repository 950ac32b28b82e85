import type { PolicyV2, Preference } from '#shared/contracts/policies/policy.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { VIBE_SHARES } from '#shared/contracts/discovery/vibe-spec.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { EMPTY_LIST_POLICY } from '#shared/domain/policies/empty-policy.ts';
import { FIELD_OF_SHARE } from '../feature-scale.ts';
import type { FeatureScale } from '../feature-scale.ts';
import { tagsOfGenre } from './genre-tags.ts';
import { rulesOf } from './vibe-rules.ts';
import type { Relaxable } from './vibe-rules.ts';

/** Tracks of a list when the sentence names no number. */
export const VIBE_TRACKS = 50;

const TRACKS_MAX = 500;
/** A playing time is met to half a song. */
const MINUTES_TOLERANCE = 2;
const MINUTES_MIN = 5;
/** Songs are rarely shorter on average: a list of so many minutes has at most so many. */
const SHORTEST_AVERAGE_MINUTES = 1.5;
/** A list spreads around the middle of a range by this part of it. */
const SPREAD_OF_RANGE = 1 / 3;
const SPREAD_MIN = 0.04;
const HITS_TOWARD: Preference = { field: 'popularity', toward: 75, spread: 12, weight: 1 };
const SEED_WEIGHT = 3;
const FEW_ARTISTS = 6;
const SEED_TAGS_MAX = 60;
/** Tags of one genre that are preferred: each is a preference of its own. */
const WEIGHTED_TAGS_MAX = 5;
const ARTIST_ID = /^[0-9A-Za-z]{22}$/u;
const ARCS = { rising: 'rise', falling: 'fall', arc: 'peak', flat: 'free' } as const;

/** What a policy is made from. */
export interface VibeQuestion {
  readonly spec: VibeSpec;
  readonly catalog: Catalog;
  readonly scale: FeatureScale;
  /** The seed of the draw: the same one gives the same list. */
  readonly seed: string;
  readonly relaxed?: ReadonlySet<Relaxable>;
}

/** How long a list is and how often one artist is on it. */
export interface ListSize {
  readonly size: number;
  readonly caps: PolicyV2['caps'];
  readonly duration: PolicyV2['duration'];
}

/** The length and the caps that a spec asks for. Where only some artists are wanted, each may have its share of the list. */
export function sizeOf(spec: VibeSpec): ListSize {
  const minutes = spec.minutes === undefined ? undefined : Math.max(MINUTES_MIN, spec.minutes);
  const size = spec.tracks ?? (minutes === undefined ? VIBE_TRACKS : Math.min(TRACKS_MAX, Math.ceil(minutes / SHORTEST_AVERAGE_MINUTES)));
  const perArtist = spec.artists ? Math.max(2, Math.ceil((size / spec.artists.length) * 1.5)) : 2;
  return {
    size,
    caps: { perArtist: Math.min(TRACKS_MAX, perArtist), perAlbum: spec.artists ? Math.max(2, Math.ceil(perArtist / 2)) : 1 },
    duration: minutes === undefined ? undefined : { minutes, tolerance: MINUTES_TOLERANCE },
  };
}

/** A spec as a policy: hard fields and ranges are rules of its pool, the middle of each range is a target of the list. Nothing repeats within a list. */
export function vibePolicy(question: VibeQuestion): PolicyV2 {
  const { spec, catalog, scale, seed, relaxed = new Set<Relaxable>() } = question;
  const { size, caps, duration } = sizeOf(spec);
  const seeds = artistNumbers(catalog, spec.seeds ?? []);
  const rules = rulesOf({ spec, catalog, scale, relaxed, seedTags: tagsOfArtists(catalog, seeds) });
  const seedIds = seeds.flatMap((artist) => catalog.artistIds[artist] ?? []).filter((id) => ARTIST_ID.test(id));
  return {
    ...EMPTY_LIST_POLICY,
    pool: { all: rules.map(({ rule }) => rule) },
    prefer: [...preferencesOf(spec, relaxed), ...weightedGenres(spec, catalog)],
    caps,
    separation: { artist: separationOf(spec) },
    size,
    ...(duration ? { duration } : {}),
    rest: { days: 0, scope: 'playlist' },
    songs: { days: 0 },
    artistDays: 0,
    seasonal: spec.report.includes('theme:christmas') || spec.report.includes('theme:halloween') ? 'always' : 'in_season',
    flow: { ...EMPTY_LIST_POLICY.flow, energy: spec.order === undefined ? 'free' : ARCS[spec.order] },
    goesWith: { seeds: [...new Set(seedIds)].slice(0, 50).map((artistId) => ({ artistId })), avoid: [], weight: SEED_WEIGHT * seedFactor(spec) },
    seed: (seed.trim() || 'vibe').slice(0, 64),
  };
}

/** A few artists alone cannot stay apart. */
function separationOf({ artists }: VibeSpec): number {
  if (!artists) return EMPTY_LIST_POLICY.separation.artist;
  return artists.length > FEW_ARTISTS ? 2 : 0;
}

function preferencesOf(spec: VibeSpec, relaxed: ReadonlySet<Relaxable>): Preference[] {
  const shares = VIBE_SHARES.flatMap((field): Preference[] => {
    const range = spec[field];
    if (!range) return [];
    const [from, to] = range;
    const spread = Math.max(SPREAD_MIN, (to - from) * SPREAD_OF_RANGE);
    return [{ field: FIELD_OF_SHARE[field], toward: (from + to) / 2, spread, weight: 1 }];
  });
  const tempo: Preference[] =
    spec.tempo && relaxed.has('tempo') ? [{ field: 'tempo', toward: (spec.tempo[0] + spec.tempo[1]) / 2, spread: 8, weight: 1 }] : [];
  return [...shares, ...tempo, ...(spec.popularity === 'hits' ? [HITS_TOWARD] : [])];
}

/** A genre that counts more is preferred among those of the pool. */
function weightedGenres({ weights = [] }: VibeSpec, catalog: Catalog): Preference[] {
  return weights.flatMap(({ of, name, weight }): Preference[] => {
    const tags = of === 'genres' ? tagsOfGenre(catalog, name).slice(0, WEIGHTED_TAGS_MAX) : [];
    return tags.map((has) => ({ field: 'genre', has, weight: weight - 1 }));
  });
}

/** Examples count together: by the mean weight of the artists. */
function seedFactor({ weights = [], seeds = [] }: VibeSpec): number {
  if (seeds.length === 0) return 1;
  const more = weights.reduce((sum, { of, name, weight }) => sum + (of === 'seeds' && seeds.includes(name) ? weight - 1 : 0), 0);
  return 1 + more / seeds.length;
}

/** The numbers of the artists with these names, in any case and without accents. */
export function artistNumbers(catalog: Catalog, names: readonly string[]): number[] {
  if (names.length === 0) return [];
  const byName = ARTISTS_BY_NAME.get(catalog) ?? numberArtists(catalog);
  ARTISTS_BY_NAME.set(catalog, byName);
  return [...new Set(names.map(foldText))].flatMap((name) => byName.get(name) ?? []).toSorted((a, b) => a - b);
}

/** Goes with its catalog. */
const ARTISTS_BY_NAME = new WeakMap<Catalog, ReadonlyMap<string, readonly number[]>>();

function numberArtists({ artistNames }: Catalog): ReadonlyMap<string, readonly number[]> {
  const byName = new Map<string, number[]>();
  artistNames.forEach((name, artist) => {
    const folded = foldText(name);
    const same = byName.get(folded);
    if (same) same.push(artist);
    else byName.set(folded, [artist]);
  });
  return byName;
}

/** The genres of the recordings of some artists, the most frequent first. */
function tagsOfArtists(catalog: Catalog, artists: readonly number[]): string[] {
  if (artists.length === 0) return [];
  const isWanted = new Set(artists);
  const counts = new Map<number, number>();
  const { offsets, values } = catalog.tags.genre;
  for (let row = 0; row < catalog.size; row++) {
    if (!artistsOf(catalog, row).some((artist) => isWanted.has(artist))) continue;
    for (let at = offsets[row] ?? 0; at < (offsets[row + 1] ?? 0); at++) counts.set(values[at] ?? 0, (counts.get(values[at] ?? 0) ?? 0) + 1);
  }
  const names = new Map([...catalog.tagNumbers.genre].map(([tag, number]) => [number, tag]));
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .flatMap(([number]) => names.get(number) ?? [])
    .slice(0, SEED_TAGS_MAX);
}
