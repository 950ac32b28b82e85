import type { Allotment, Demand } from '#shared/domain/curation/demand.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/** The demands of the lists of a day, and their catalog. */
export interface Day {
  readonly catalog: Catalog;
  readonly demands: readonly Demand[];
}

/** Every hard rule that a day's allotments violate, in words; empty when there is none. */
export function listRuleViolations({ catalog, demands }: Day, allotments: readonly Allotment[]): string[] {
  const violations = demands.flatMap((demand, index) => {
    const allotment = allotments[index];
    if (!allotment) return [`list ${index} has no allotment`];
    return [...listViolations(catalog, demand, allotment), ...slotViolations(demand, allotment)].map((what) => `list ${index}: ${what}`);
  });
  return [...violations, ...scopeViolations(demands, allotments)];
}

function listViolations(catalog: Catalog, demand: Demand, { chosen }: Allotment): string[] {
  const rows = chosen.map((choice) => choice.row);
  const counts = new Map<string, number>();
  const chosenKeys = new Set<string>();
  for (const [at, row] of [...rows, ...demand.held].entries()) {
    for (const key of [...Array.from(artistsOf(catalog, row), (artist) => `artist ${artist}`), `album ${catalog.albums[row] ?? 0}`]) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (at < rows.length) chosenKeys.add(key);
    }
  }
  return [
    ...[...chosenKeys].filter((key) => (counts.get(key) ?? 0) > (key.startsWith('artist') ? demand.caps.perArtist : demand.caps.perAlbum)),
    ...(new Set([...rows, ...demand.held]).size < rows.length + demand.held.length ? ['a recording twice'] : []),
    ...chosen
      .filter(({ rank, row, score }) => demand.candidates.rows[rank] !== row || demand.candidates.scores[rank] !== score)
      .map(({ row }) => `${row} is no candidate`),
  ];
}

function slotViolations(demand: Demand, { chosen, isComplete }: Allotment): string[] {
  const wrong = chosen.filter(({ row, block }) => (block === null ? demand.blocks.length > 0 : !demand.blocks[block]?.admits(row)));
  const filled = demand.blocks.map((block, index) => chosen.filter((choice) => choice.block === index).length === block.slots);
  return [
    ...wrong.map(({ row }) => `${row} is in a block that does not admit it`),
    ...(isComplete !== (chosen.length === demand.slots) ? [`complete is ${isComplete} with ${chosen.length} of ${demand.slots}`] : []),
    ...(isComplete && filled.includes(false) ? ['a block has too few or too many'] : []),
  ];
}

/** Rows shared by two lists of one conflict scope; an incomplete list shares none. */
function scopeViolations(demands: readonly Demand[], allotments: readonly Allotment[]): string[] {
  const owners = new Map<string, number>();
  return demands.flatMap((demand, index) => {
    const chosen = allotments[index]?.isComplete ? allotments[index].chosen.map((choice) => choice.row) : [];
    return demand.conflictScopes.flatMap((scope) =>
      [...new Set([...chosen, ...demand.held])].flatMap((row) => {
        const key = `${scope} ${row}`;
        const other = owners.get(key);
        owners.set(key, index);
        const bothHeld = other !== undefined && demands[other]?.held.includes(row) && demand.held.includes(row);
        return other === undefined || bothHeld ? [] : [`lists ${other} and ${index} share ${row}`];
      }),
    );
  });
}

/** The best total with every list filled, by brute force; undefined when they cannot all be filled. For basic days. */
export function bestTotal({ catalog, demands }: Day): number | undefined {
  let best: number | undefined;
  const lists: number[][] = demands.map(() => []);
  const scoreIn = demands.map(({ candidates }) => new Map(Array.from(candidates.rows, (row, rank) => [row, candidates.scores[rank] ?? 0])));
  const place = (row: number, total: number): void => {
    if (row === catalog.size) {
      if (lists.every((list, index) => list.length === demands[index]?.slots) && total > (best ?? -1)) best = total;
      return;
    }
    place(row + 1, total);
    for (const [index, demand] of demands.entries()) {
      const list = lists[index] ?? [];
      const score = scoreIn[index]?.get(row);
      if (score === undefined || list.length === demand.slots || !fitsIn(catalog, demand, [...list, row])) continue;
      list.push(row);
      place(row + 1, total + score);
      list.pop();
    }
  };
  place(0, 0);
  return best;
}

function fitsIn(catalog: Catalog, demand: Demand, rows: readonly number[]): boolean {
  const row = rows.at(-1) ?? 0;
  const album = rows.filter((other) => catalog.albums[other] === catalog.albums[row]).length;
  const crowded = artistsOf(catalog, row).some(
    (artist) => rows.filter((other) => artistsOf(catalog, other).includes(artist)).length > demand.caps.perArtist,
  );
  return album <= demand.caps.perAlbum && !crowded;
}
