import type { Allotment, Demand } from '../demand.ts';
import { distributeToLists } from './distribute.ts';
import { shareFairly } from './fairness.ts';
import { fillShortLists, improveWithUnassigned } from './fill.ts';
import { OpenList } from './list.ts';
import { reportAllotment, unreportedAllotment } from './report.ts';
import { ClaimedRows } from './claimed-rows.ts';
import { formTeams } from './team.ts';
import { IdenticalLists } from './identical-lists.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';

/**
 * Assigns recordings to every list of a day so that the sum of all scores is maximal: each list gets exactly its slots, within its caps and mix; no
 * recording occurs twice in a conflict scope; lists with a lower precedence number choose first. Lists with equal demands get equal quality. A list
 * that cannot be filled takes nothing. Deterministic: same demands, same allotments. Without `isReported` it chooses the same, but tells of rejected
 * recordings and of unfilled lists nothing.
 */
export function allocate(
  demands: readonly Demand[],
  catalog: Catalog,
  { isReported }: { readonly isReported: boolean } = { isReported: true },
): Allotment[] {
  const taken = new ClaimedRows(demands);
  const twins = new IdenticalLists();
  const lists = demands.map((demand) => new OpenList(demand, catalog));
  const tiers = new Set(demands.map((demand) => demand.precedence).toSorted((a, b) => a - b));
  for (const tier of tiers) {
    allocateTier(
      lists.filter((list) => list.demand.precedence === tier),
      { taken, twins, isReported },
      catalog,
    );
  }
  if (!isReported) return lists.map((list) => unreportedAllotment(list));
  const reports = new Map<string, Allotment>();
  return lists.map((list) => {
    const twin = list.isFull ? undefined : twins.keyOf(list);
    const report = (twin === undefined ? undefined : reports.get(twin)) ?? reportAllotment(list, taken);
    if (twin !== undefined) reports.set(twin, report);
    return report;
  });
}

interface Claims {
  readonly taken: ClaimedRows;
  readonly twins: IdenticalLists;
  readonly isReported: boolean;
}

function allocateTier(lists: readonly OpenList[], claims: Claims, catalog: Catalog): void {
  const { taken } = claims;
  const teams = formTeams(lists, catalog);
  for (const [team, won] of shareFairly(teams, taken)) distributeToLists(won, team.lists);
  for (const list of lists) taken.claim(list);
  fillShortLists(lists, claims);
  improveWithUnassigned(lists, taken);
}
