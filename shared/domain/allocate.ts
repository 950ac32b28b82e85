import type { Allotment, Demand } from './allocation.ts';
import { holdAuction } from './allocate-auction.ts';
import { deal } from './allocate-deal.ts';
import { claim, fillUp, improveWithFree } from './allocate-fill.ts';
import { OpenList } from './allocate-list.ts';
import { reportOn } from './allocate-report.ts';
import { Taken } from './allocate-taken.ts';
import { formTeams } from './allocate-team.ts';
import type { Catalogue } from './catalogue-columns.ts';

/**
 * Gives every list of a day its recordings so that the sum of all scores is as high as it can be: exactly its slots, within its caps and its mix,
 * no recording twice in an arena, lists of a lower precedence before others. Lists that want the same come out even. A list that cannot be
 * filled takes nothing. Same demands, same allotments.
 */
export function allocate(demands: readonly Demand[], catalogue: Catalogue): Allotment[] {
  const taken = new Taken(demands);
  const lists = demands.map((demand) => new OpenList(demand, catalogue));
  const tiers = new Set(demands.map((demand) => demand.precedence).toSorted((a, b) => a - b));
  for (const tier of tiers) {
    allocateTier(
      lists.filter((list) => list.demand.precedence === tier),
      taken,
      catalogue,
    );
  }
  return lists.map((list) => reportOn(list, taken));
}

function allocateTier(lists: readonly OpenList[], taken: Taken, catalogue: Catalogue): void {
  const teams = formTeams(lists, catalogue);
  for (const [team, won] of holdAuction(teams, taken)) deal(won, team.lists);
  for (const list of lists) claim(list, taken);
  fillUp(lists, taken);
  improveWithFree(lists, taken);
}
