import { holdAuction } from './auction.ts';
import type { Winnings, Won } from './auction.ts';
import type { Taken } from './taken.ts';
import type { Team } from './team.ts';

/** How much of the total a fairer day may cost: totals this close are held equal. */
const TOTAL_GIVEN_UP = 0.005;
/** How strongly weights lean to teams that come off badly, tried in this order until the total suffers. */
const LEANINGS = [1, 2, 4, 8];

interface Outcome {
  readonly won: Winnings;
  readonly total: number;
  /** By team: the mean score of what it won against the mean of what one of its lists would get with nobody else about. */
  readonly shares: readonly number[];
}

/**
 * Holds the auction for the highest total, then again with more weight for the teams that came off badly, as long as the total stays about the same; of these
 * days the one whose worst team is best off is taken. A day on which somebody has to go without is left as it is.
 */
export function shareFairly(teams: readonly Team[], taken: Taken): Winnings {
  const alone = teams.map((team) => meanAlone(team, taken));
  let best = outcomeOf(teams, holdAuction(teams, taken), alone);
  if (best.won.size < 2 || someGoWithout(best.won)) return best.won;
  const highest = best.total;
  const plain = best.shares;
  const middle = plain.reduce((sum, share) => sum + share, 0) / plain.length;
  for (const leaning of LEANINGS) {
    const leant = teams.map((team, index) => team.weighing((middle / (plain[index] ?? middle)) ** leaning));
    const outcome = outcomeOf(leant, holdAuction(leant, taken), alone);
    if (outcome.total < highest * (1 - TOTAL_GIVEN_UP) || someGoWithout(outcome.won)) break;
    if (Math.min(...outcome.shares) > Math.min(...best.shares)) best = outcome;
  }
  return best.won;
}

function outcomeOf(teams: readonly Team[], won: Winnings, alone: readonly number[]): Outcome {
  const totals = teams.map((team) => totalOf(won.get(team) ?? []));
  const shares = teams.map((team, index) => (totals[index] ?? 0) / Math.max(1, won.get(team)?.length ?? 0) / (alone[index] ?? 1));
  return { won, total: totals.reduce((sum, total) => sum + total, 0), shares };
}

function someGoWithout(won: Winnings): boolean {
  return [...won.keys()].some((team) => team.lists.length < team.members.length);
}

function totalOf(won: readonly Won[]): number {
  return won.reduce((sum, choice) => sum + choice.score, 0);
}

/** The mean of the best that is free, as many as the largest of its lists has slots; caps and mix are left out of account. */
function meanAlone({ contest, arenas, members }: Team, taken: Taken): number {
  const slots = Math.max(1, ...members.map((list) => list.demand.slots));
  let count = 0;
  let sum = 0;
  for (let rank = 0; rank < contest.rows.length && count < slots; rank++) {
    if (!taken.isFree(contest.rows[rank] ?? -1, arenas)) continue;
    sum += contest.scores[rank] ?? 0;
    count += 1;
  }
  return sum > 0 ? sum / count : 1;
}
