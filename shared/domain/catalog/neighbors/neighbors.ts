import type { Catalog } from '../catalog-columns.ts';
import { creditLinks } from './credit-links.ts';
import { totalWeight, weighExamples } from './examples.ts';
import type { Example } from './examples.ts';
import { listLinks } from './list-links.ts';
import { soundLikeness } from './sound-likeness.ts';

/** What says most that a row goes with the examples; `none` where only those to avoid say anything. */
export const LINK_KINDS = ['none', 'lists', 'artist', 'album', 'sound'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** What is asked: rows that go with the seeds and not with what to avoid. `lists` are all known lists that hold a seed or one to avoid, as rows. */
export interface NeighborQuestion {
  readonly seeds: readonly Example[];
  readonly avoid: readonly Example[];
  readonly lists: readonly (readonly number[])[];
}

/** How well each row of a catalog goes with examples, as columns: plain data that a message can carry. */
export interface Neighbors {
  /** In nats: how many times likelier it is on a list with the examples than another row. NaN where nothing is known, and for the seeds themselves. */
  readonly lifts: Float32Array;
  /** Index into LINK_KINDS. */
  readonly links: Uint8Array;
  /** The seed of the link; -1 without one, and for likeness of sound. */
  readonly examples: Int32Array;
  /** Lists that the row and that seed are on together. */
  readonly together: Uint16Array;
  /** The rows of all seeds. */
  readonly seeds: Int32Array;
}

/**
 * Weights of the parts of a lift. They were fitted on one half of the playlists that people made (bench `lists`) and are measured on the other.
 */
const LIST_WEIGHT = 1;
const LIST_SCALE = 20;
const ARTIST_WEIGHT = 8;
const ALBUM_WEIGHT = 1;
const SOUND_WEIGHT = 0.3;

interface Evidence {
  readonly lift: number;
  readonly kind: LinkKind;
  readonly example: number;
  readonly together: number;
}

/**
 * Scores all rows of a catalog by co-occurrence with the seeds on lists, albums and credits, and by sound, minus the same for what to avoid.
 * Deterministic: does not depend on the order of seeds or lists.
 */
export function neighborsOf(catalog: Catalog, { seeds, avoid, lists }: NeighborQuestion): Neighbors {
  const wanted = weighExamples(seeds);
  const isNamed = new Set(seeds.flatMap(({ kind, rows }) => (kind === 'artist' ? [] : rows)));
  const [likes, dislikes] = [scorer(catalog, wanted, lists), scorer(catalog, weighExamples(avoid), lists)];
  const neighbors = {
    lifts: new Float32Array(catalog.size).fill(Number.NaN),
    links: new Uint8Array(catalog.size),
    examples: new Int32Array(catalog.size).fill(-1),
    together: new Uint16Array(catalog.size),
    seeds: Int32Array.from(wanted.keys()).toSorted(),
  };
  for (let row = 0; row < catalog.size; row++) {
    if (isNamed.has(row)) continue;
    const [like, dislike] = [likes(row), dislikes(row)];
    if (!like && !dislike) continue;
    neighbors.lifts[row] = (like?.lift ?? 0) - Math.max(0, dislike?.lift ?? 0);
    if (!like) continue;
    neighbors.links[row] = LINK_KINDS.indexOf(like.kind);
    neighbors.examples[row] = like.example;
    neighbors.together[row] = Math.min(65_535, like.together);
  }
  return neighbors;
}

/** The columns for some rows of the catalog, without the examples: enough to choose, not to explain. */
export function neighborsInPart({ lifts }: Neighbors, rows: Int32Array): Neighbors {
  const size = rows.length;
  return {
    lifts: Float32Array.from(rows, (row) => lifts[row] ?? Number.NaN),
    links: new Uint8Array(size),
    examples: new Int32Array(size).fill(-1),
    together: new Uint16Array(size),
    seeds: new Int32Array(0),
  };
}

/** Gives what the examples say of a row; undefined where they say nothing. */
function scorer(catalog: Catalog, weights: ReadonlyMap<number, number>, lists: NeighborQuestion['lists']): (row: number) => Evidence | undefined {
  if (totalWeight(weights) === 0) return () => undefined;
  const onLists = listLinks(lists, weights);
  const credits = creditLinks(catalog, weights);
  const likeness = soundLikeness(catalog, weights);
  return (row) => {
    const list = onLists.get(row);
    const artist = credits.artistOf(row);
    const album = credits.albumOf(row);
    const sound = likeness?.(row);
    if (!list && !artist && album === undefined && sound === undefined) return undefined;
    const parts: readonly Evidence[] = [
      {
        kind: 'lists',
        lift: list ? LIST_WEIGHT * Math.log1p(LIST_SCALE * list.cosine) : 0,
        example: list?.example ?? -1,
        together: list?.together ?? 0,
      },
      {
        kind: 'artist',
        lift: artist ? (ARTIST_WEIGHT * Math.log1p(artist.weight)) / Math.log(2 + artist.tracks) : 0,
        example: artist?.example ?? -1,
        together: 0,
      },
      { kind: 'album', lift: album === undefined ? 0 : ALBUM_WEIGHT, example: album ?? -1, together: 0 },
      { kind: 'sound', lift: SOUND_WEIGHT * (sound ?? 0), example: -1, together: 0 },
    ];
    const strongest = parts.reduce((best, part) => (part.lift > best.lift ? part : best));
    const lift = parts.reduce((sum, part) => sum + part.lift, 0);
    return strongest.lift > 0 || sound === undefined ? { ...strongest, lift } : { kind: 'sound', lift, example: -1, together: 0 };
  };
}
