import type { Allotment, Demand } from './allocation.ts';
import { deal } from './deal.ts';
import { shareFairly } from './fairness.ts';
import { fillUp, improveWithFree } from './fill.ts';
import { OpenList } from './list.ts';
import { reportOn } from './report.ts';
import { Taken } from './taken.ts';
import { formTeams } from './team.ts';
import { Twins } from './twins.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';

/**
 * Assigns recordings to every list of a day so that the sum of all scores is maximal: each list gets exactly its slots, within its caps and mix; no
 * recording occurs twice in a conflict scope; lists with a lower precedence number choose first. Lists with equal demands get equal quality. A list
 * that cannot be filled takes nothing. Deterministic: same demands, same allotments.
 */
export function allocate(demands: readonly Demand[], catalogue: Catalogue): Allotment[] {
  const taken = new Taken(demands);
  const twins = new Twins();
  const lists = demands.map((demand) => new OpenList(demand, catalogue));
  const tiers = new Set(demands.map((demand) => demand.precedence).toSorted((a, b) => a - b));
  for (const tier of tiers) {
    allocateTier(
      lists.filter((list) => list.demand.precedence === tier),
      { taken, twins },
      catalogue,
    );
  }
  const reports = new Map<string, Allotment>();
  return lists.map((list) => {
    const twin = list.isFull ? undefined : twins.of(list);
    const report = (twin === undefined ? undefined : reports.get(twin)) ?? reportOn(list, taken);
    if (twin !== undefined) reports.set(twin, report);
    return report;
  });
}

function allocateTier(lists: readonly OpenList[], { taken, twins }: { taken: Taken; twins: Twins }, catalogue: Catalogue): void {
  const teams = formTeams(lists, catalogue);
  for (const [team, won] of shareFairly(teams, taken)) deal(won, team.lists);
  for (const list of lists) taken.claim(list);
  fillUp(lists, taken, twins);
  improveWithFree(lists, taken);
}
