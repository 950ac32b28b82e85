import { runAuction } from './auction.ts';
import type { AuctionResult, BlockChoice } from './auction.ts';
import type { ClaimedRows } from './claimed-rows.ts';
import type { Team } from './team.ts';

/** Share of the total that a fairer day may cost; totals this close count as equal. */
const TOTAL_LOSS_MAX = 0.005;
/** Exponents of the weights that favor teams with low shares, tried in this order until the total falls too far. */
const EXPONENTS = [1, 2, 4, 8];

interface Outcome {
  readonly won: AuctionResult;
  readonly total: number;
  /** By team: the mean score of what it won, divided by the mean score that one of its lists would get without competitors. */
  readonly shares: readonly number[];
}

/**
 * Runs the auction for the highest total, then again with more weight for the teams with low shares, as long as the total stays within 0.5%. Takes
 * the outcome with the highest minimum share (max-min fairness). A day on which a list had to be dropped is not changed.
 */
export function shareFairly(teams: readonly Team[], taken: ClaimedRows): AuctionResult {
  const alone = teams.map((team) => meanAlone(team, taken));
  let best = outcomeOf(teams, runAuction(teams, taken), alone);
  if (best.won.size < 2 || hasDroppedLists(best.won)) return best.won;
  const highest = best.total;
  const unweighted = best.shares;
  const mean = unweighted.reduce((sum, share) => sum + share, 0) / unweighted.length;
  for (const exponent of EXPONENTS) {
    const weighted = teams.map((team, index) => team.withWeight((mean / (unweighted[index] ?? mean)) ** exponent));
    const outcome = outcomeOf(weighted, runAuction(weighted, taken), alone);
    if (outcome.total < highest * (1 - TOTAL_LOSS_MAX) || hasDroppedLists(outcome.won)) break;
    if (Math.min(...outcome.shares) > Math.min(...best.shares)) best = outcome;
  }
  return best.won;
}

function outcomeOf(teams: readonly Team[], won: AuctionResult, alone: readonly number[]): Outcome {
  const totals = teams.map((team) => totalOf(won.get(team) ?? []));
  const shares = teams.map((team, index) => (totals[index] ?? 0) / Math.max(1, won.get(team)?.length ?? 0) / (alone[index] ?? 1));
  return { won, total: totals.reduce((sum, total) => sum + total, 0), shares };
}

function hasDroppedLists(won: AuctionResult): boolean {
  return [...won.keys()].some((team) => team.lists.length < team.members.length);
}

function totalOf(won: readonly BlockChoice[]): number {
  return won.reduce((sum, choice) => sum + choice.score, 0);
}

/** The mean score of the best free candidates, as many as its largest list has slots. Ignores caps and mix. */
function meanAlone({ candidates, conflictScopes, members }: Team, taken: ClaimedRows): number {
  const slots = Math.max(1, ...members.map((list) => list.demand.slots));
  let count = 0;
  let sum = 0;
  for (let rank = 0; rank < candidates.rows.length && count < slots; rank++) {
    if (!taken.isFree(candidates.rows[rank] ?? -1, conflictScopes)) continue;
    sum += candidates.scores[rank] ?? 0;
    count += 1;
  }
  return sum > 0 ? sum / count : 1;
}
