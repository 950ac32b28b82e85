import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { ConflictMember } from '#shared/contracts/policies/policy-views.ts';
import { findConflicts } from './conflict.ts';
import { following, forecast, isProved, latestDay, sharing } from './forecast.ts';
import type { FeasibilityInput } from './forecast.ts';
import type { ListOfDay } from '../curate-day.ts';
import { membersOf, withoutMembers } from './members.ts';
import type { RuleMember } from './members.ts';
import { TrialBudget } from './trial-budget.ts';

/** Work budget of finding conflicts: it takes many trials, most of them decided by counting. */
const CONFLICT_UNITS_MAX = 1_000_000;

/** The minimal conflicts of a policy that cannot be filled beside the given other lists, each member in words. Empty when it fails even without its rules. */
export function* explainFailure(input: FeasibilityInput, others: readonly ListOfDay[]): Generator<unknown, ConflictMember[][]> {
  const { policy } = input;
  const trials = new ReducedTrials(input, others);
  const found = yield* findConflicts(membersOf(policy), (without: readonly RuleMember[]) => trials.canHold(withoutMembers(policy, without)));
  return found.map((members) => members.map(({ path, rule, remedy }) => ({ path, rule, remedy })));
}

/** Trials of reduced versions of a policy. Many sets of rules reduce it to the same version, which is tried once and costs its work each time. */
class ReducedTrials {
  readonly #input: FeasibilityInput;
  readonly #others: readonly ListOfDay[];
  readonly #work = new TrialBudget(CONFLICT_UNITS_MAX);
  readonly #known = new Map<string, { readonly holds: boolean; readonly units: number }>();

  constructor(input: FeasibilityInput, others: readonly ListOfDay[]) {
    this.#input = input;
    this.#others = others;
  }

  *canHold(left: Policy): Generator<unknown, boolean> {
    yield undefined;
    const key = JSON.stringify(left);
    const known = this.#known.get(key);
    if (known && this.#work.left >= known.units) {
      this.#work.take(known.units);
      return known.holds;
    }
    const before = this.#work.left;
    const holds = yield* this.#try(left);
    if (!this.#work.isShort) this.#known.set(key, { holds, units: before - this.#work.left });
    return holds;
  }

  *#try(left: Policy): Generator<unknown, boolean> {
    const input = this.#input;
    const others = this.#others;
    if (isProved(input, left, sharing({ ...input, policy: left, own: following(input, left), others }))) return true;
    if (latestDay(input, left) !== undefined) return false;
    // Without work budget left, the rules count as satisfiable: the conflict then names a rule too many rather than one too few.
    return (yield* forecast(input, left, { others, work: this.#work, isBrief: true })).kind === 'lasts';
  }
}
