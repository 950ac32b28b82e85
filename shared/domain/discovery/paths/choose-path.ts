import type { PathBy } from '#shared/contracts/discovery/path.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { SongNumbers } from '#shared/domain/catalog/song-key.ts';
import { joinCost } from './join.ts';
import type { JoinContext } from './join.ts';

/** What is tried at each place. */
interface PathChoice {
  /** Candidate rows of each place, the ends included; a place with one fixed row has only that one. */
  readonly layers: readonly (readonly number[])[];
  /** Places whose row is given: the ends, and what is kept. */
  readonly fixed: ReadonlySet<number>;
  readonly separation: number;
  readonly by: PathBy;
}

/** A path through the places, and what each join costs. */
export interface ChosenPath {
  readonly rows: readonly number[];
  readonly costs: readonly number[];
}

/** The best way to one row of a place. */
interface Way {
  readonly row: number;
  readonly cost: number;
  readonly before: Way | undefined;
}

/**
 * The cheapest path through the places by dynamic programming: for each row of a place, the cheapest way that has no recording and no song twice and
 * keeps artists apart. Undefined when there is none among the candidates. Equal costs go to the earlier candidate, so the same question has the same answer.
 * Pauses after each place.
 */
export function* choosePath(context: JoinContext, choice: PathChoice): Generator<void, ChosenPath | undefined> {
  const songs = SongNumbers.of(context.catalog);
  const allowed = allowedRows(context, choice, songs);
  let ways: Way[] = (allowed[0] ?? []).map((row) => ({ row, cost: 0, before: undefined }));
  for (let place = 1; place < allowed.length; place++) {
    const isFixed = choice.fixed.has(place);
    const next: Way[] = [];
    for (const row of allowed[place] ?? []) {
      const best = bestWayTo(context, ways, { row, isFixed, songs, separation: choice.separation, by: choice.by });
      if (best) next.push(best);
    }
    // The cheapest first, so that the rest of the ways need not be looked at once they cost more than the best one.
    ways = next.toSorted((a, b) => a.cost - b.cost);
    yield;
  }
  const [end] = ways;
  return end && unfold(end);
}

interface NextRow {
  readonly row: number;
  readonly isFixed: boolean;
  readonly songs: SongNumbers;
  readonly separation: number;
  readonly by: PathBy;
}

function bestWayTo(context: JoinContext, ways: readonly Way[], next: NextRow): Way | undefined {
  const { row } = next;
  let best: Way | undefined;
  for (const way of ways) {
    if (best && way.cost >= best.cost) break;
    const cost = way.cost + joinCost(context, [way.row, row], next.by);
    if (!Number.isFinite(cost) || (best && cost >= best.cost)) continue;
    if (next.isFixed || canFollow(context, way, next)) best = { row, cost, before: way };
  }
  return best;
}

/** Leaves out, at places that are not fixed, what a fixed row forbids: itself, its song, and its artists near it. */
function allowedRows({ catalog }: JoinContext, { layers, fixed, separation }: PathChoice, songs: SongNumbers): number[][] {
  const given = [...fixed].map((place) => ({ place, row: layers[place]?.[0] ?? -1 }));
  const givenSongs = new Set(given.map(({ row }) => songs.of(row)));
  return layers.map((rows, place) => {
    if (fixed.has(place)) return [...rows];
    const near = new Set(given.flatMap((one) => (Math.abs(one.place - place) < separation ? [...artistsOf(catalog, one.row)] : [])));
    return rows.filter((row) => !givenSongs.has(songs.of(row)) && !artistsOf(catalog, row).some((artist) => near.has(artist)));
  });
}

function canFollow({ catalog }: JoinContext, way: Way, { row, songs, separation }: NextRow): boolean {
  const song = songs.of(row);
  const artists = artistsOf(catalog, row);
  let apart = 1;
  for (let earlier: Way | undefined = way; earlier; earlier = earlier.before, apart++) {
    if (earlier.row === row || songs.of(earlier.row) === song) return false;
    if (apart >= separation) continue;
    const others = artistsOf(catalog, earlier.row);
    if (artists.some((artist) => others.includes(artist))) return false;
  }
  return true;
}

function unfold(end: Way): ChosenPath {
  const rows: number[] = [];
  const costs: number[] = [];
  for (let way: Way | undefined = end; way; way = way.before) {
    rows.unshift(way.row);
    if (way.before) costs.unshift(way.cost - way.before.cost);
  }
  return { rows, costs };
}
