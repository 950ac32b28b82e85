import type { Allotment, Demand } from './allocation.ts';
import { OpenList } from './allocate-list.ts';
import { reportOn } from './allocate-report.ts';
import { Taken } from './allocate-taken.ts';
import type { Catalogue } from './catalogue-columns.ts';

/**
 * Gives every list of a day its recordings, in the order of the demands: exactly its slots, within its caps and its mix, and no recording
 * twice in an arena. Lists of a lower precedence choose first. Same demands, same allotments.
 */
export function allocate(demands: readonly Demand[], catalogue: Catalogue): Allotment[] {
  const taken = new Taken(demands);
  const order = [...demands.keys()].toSorted((a, b) => (demands[a]?.precedence ?? 0) - (demands[b]?.precedence ?? 0) || a - b);
  const lists = demands.map((demand) => new OpenList(demand, catalogue));
  for (const index of order) {
    const list = lists[index];
    if (!list) continue;
    fill(list, taken);
    if (list.isFull) for (const { row } of list.choices) taken.add(row, list.demand.arenas);
  }
  return lists.map((list) => reportOn(list, taken));
}

function fill(list: OpenList, taken: Taken): void {
  const { rows, scores } = list.demand.contest;
  const held = new Set(list.demand.held);
  for (let rank = 0; rank < rows.length && !list.isFull; rank++) {
    const row = rows[rank] ?? -1;
    if (!held.has(row) && taken.isFree(row, list.demand.arenas)) list.add({ row, rank, score: scores[rank] ?? Number.NaN });
  }
}
