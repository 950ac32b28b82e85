import highsModule from 'highs';
import { OpenList } from '#shared/domain/curation/allocation/list.ts';
import { allocate } from '#shared/domain/curation/allocation/allocate.ts';
import type { Demand } from '#shared/domain/curation/demand.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { reportFigure, reportObserved } from '../figures.ts';

// The package's types describe its CommonJS entry, where the loader is a property; an import returns the loader itself.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const loadHighs = highsModule as unknown as typeof highsModule.default;
const CANDIDATES = 3_000;
const ARTISTS = 55;
const SLOTS = 50;
const artistAt = (chance: number) => Math.floor(chance ** 1.6 * ARTISTS);
const CAPS = { perArtist: 2, perAlbum: 1 };
const NESTED_SEEDS = 10;
const OVERLAPPING_SEEDS = 12;

const meanOf = (ratios: readonly number[]) => ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;

interface Single {
  readonly catalog: Catalog;
  readonly demand: Demand;
}

/** Compares single playlists with tight caps with the integer-program optimum (HiGHS, proved to a gap of 1e-6). */
export async function benchSingleLists(): Promise<void> {
  const highs = await loadHighs();
  const ratioOf = (single: Single) => {
    const solved = highs.solve(programOf(single), { mip_rel_gap: 1e-6, time_limit: 60, output_flag: false });
    if (solved.Status !== 'Optimal') throw new Error(`HiGHS returned ${solved.Status}.`);
    const [allotment] = allocate([single.demand], single.catalog);
    if (!allotment?.isComplete) throw new Error('A playlist that can be filled was not filled.');
    const total = allotment.chosen.reduce((sum, choice) => sum + choice.score, 0);
    return { ours: total / solved.ObjectiveValue, greedy: greedyTotal(single) / solved.ObjectiveValue };
  };
  const nested = Array.from({ length: NESTED_SEEDS }, (_, seed) => ratioOf(singleList(seed, 0)).ours);
  // The solver proves its optimum to 1e-6.
  reportFigure('allocate.nested_ratio', Math.round(Math.min(...nested) * 1e6) / 1e6, { atLeast: 1 });
  const overlapping: { ours: number; greedy: number }[] = [];
  for (const share of [0.3, 0.8]) {
    const startedAt = performance.now();
    const ratios = Array.from({ length: OVERLAPPING_SEEDS }, (_, seed) => ratioOf(singleList(100 + seed, share)));
    overlapping.push(...ratios);
    console.log(
      `${ratios.length} lists with ${share * 100}% of the tracks by several artists: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
    );
  }
  const ours = overlapping.map((ratio) => ratio.ours);
  reportFigure('allocate.ilp_ratio', meanOf(ours), { atLeast: 0.985 });
  reportObserved('allocate.ilp_gap_worst', 100 * (1 - Math.min(...ours)), `% below the optimum, of ${ours.length} lists`);
  reportObserved('allocate.ilp_ratio_greedy', meanOf(overlapping.map((ratio) => ratio.greedy)), 'for a plain greedy choice of the same lists');
}

/** Few artists have most and the best of the tracks; the share `several` of the tracks has one or two guest artists. */
function singleList(seed: number, several: number): Single {
  const builder = createCatalogBuilder(CANDIDATES);
  const scores = new Float64Array(CANDIDATES);
  for (let n = 0; n < CANDIDATES; n += 1) {
    const chance = (salt: number) => chanceOf(seed * 100 + salt, n);
    const album = Math.floor(n / 8);
    const own = artistAt(chanceOf(seed * 100 + 1, album));
    const guests = chance(2) < several ? [artistAt(chance(3)), ...(chance(4) < 0.3 ? [artistAt(chance(5))] : [])] : [];
    const artists = [...new Set([own, ...guests])];
    builder.add({
      recordingId: n + 1,
      artistIds: artists.map((artist) => `artist ${artist}`),
      albumId: `album ${album}`,
      durationMs: 200_000,
      explicit: null,
      popularity: null,
      releasedOn: null,
      ingestedOn: '2026-10-01',
      hasIsrc: true,
      features: [],
      featuresSource: null,
      genres: [],
      moods: [],
    });
    scores[n] = 0.5 * chanceOf(seed * 100 + 6, own) + 0.5 * chance(7);
  }
  const rows = Int32Array.from(scores.keys()).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const candidates = { rows, scores: Float64Array.from(rows, (row) => scores[row] ?? 0) };
  return {
    catalog: builder.build(),
    demand: { candidates, conflictScopes: [0], precedence: 0, slots: SLOTS, caps: CAPS, held: [], blocks: [] },
  };
}

/** Total score of a greedy choice: best first, every track that fits. */
function greedyTotal({ catalog, demand }: Single): number {
  const list = new OpenList(demand, catalog);
  for (const [rank, row] of demand.candidates.rows.entries()) list.add({ row, rank, score: demand.candidates.scores[rank] ?? 0 });
  return list.total;
}

/** The list as an integer program in CPLEX LP format. */
function programOf({ catalog, demand }: Single): string {
  const { rows, scores } = demand.candidates;
  const members = new Map<string, string[]>();
  for (const row of rows) {
    for (const key of [...Array.from(artistsOf(catalog, row), (artist) => `artist${artist}`), `album${catalog.albums[row] ?? 0}`]) {
      members.set(key, [...(members.get(key) ?? []), `x${row}`]);
    }
  }
  const limits = [...members].map(
    ([key, names]) => ` ${key}: ${joined(names)} <= ${key.startsWith('artist') ? demand.caps.perArtist : demand.caps.perAlbum}`,
  );
  return [
    'Maximize',
    ` score: ${joined(Array.from(rows, (row, rank) => `${scores[rank] ?? 0} x${row}`))}`,
    'Subject To',
    ` size: ${joined(Array.from(rows, (row) => `x${row}`))} = ${demand.slots}`,
    ...limits,
    'Binary',
    ...Array.from(rows, (row) => ` x${row}`),
    'End',
  ].join('\n');
}

/** Joins terms, with line breaks to keep within the format's line length. */
function joined(terms: readonly string[]): string {
  return terms.map((term, index) => (index % 10 === 9 ? `${term}\n ` : term)).join(' + ');
}
