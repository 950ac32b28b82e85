import { NO_CHECK } from '#shared/contracts/policies/feasibility-views.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { hasAges } from '#shared/domain/policies/ages.ts';
import { neededFor } from './bounds.ts';
import { decideVerdict } from './decide.ts';
import type { Verdict } from './decide.ts';
import { admittedRows, isProved, latestDay, loadOf, sharing } from './forecast.ts';
import type { FeasibilityInput } from './forecast.ts';
import { findNearest } from './nearest.ts';
import { explainFailure } from './refute.ts';
import { describeConflicts, describeFeasible, describeUnproved } from './words.ts';

export type { FeasibilityInput } from './forecast.ts';
export { packInput, unpackInput } from './packed-input.ts';
export type { PackedInput, SeparateRefs } from './packed-input.ts';

/**
 * The first answer, by counting alone: feasible or infeasible where counting proves it, otherwise open. The exact check never contradicts it. Takes a
 * few passes over the catalog.
 */
export function countFirst(input: FeasibilityInput): FeasibilityCheckView {
  const { policy, from } = input;
  const pool = admittedRows(input, policy.pool).length;
  const counted = { ...NO_CHECK, stage: 'days' as const, pool, needed: neededFor(loadOf(input, policy)), days: input.days };
  if (isProved(input, policy, sharing(input))) return { ...counted, verdict: 'feasible' };
  const latest = latestDay(input, policy);
  if (latest === undefined) return counted;
  return { ...counted, verdict: 'infeasible', failure: { day: latest, on: addDays(from, latest - 1), isLatest: true } };
}

/**
 * Whether the lists of a policy can be filled on each of the days. Proved by counting where there is enough music for any selection, otherwise by
 * simulating as many days as a check has time for; or refuted with minimal conflicts. Assumes today's catalog. Yields the state of the check between steps.
 */
export function* checkFeasibility(input: FeasibilityInput): Generator<FeasibilityCheckView, FeasibilityView> {
  const first = countFirst(input);
  yield first;
  const verdict = yield* mapSteps(decideVerdict(input), ({ day, days, others }) => ({ ...first, day, days, others }));
  if (verdict.kind !== 'fails') return describeVerdict(input, verdict);
  const failed = { ...first, ...failureOf(input, verdict), stage: 'conflicts' as const };
  yield failed;
  const [conflict = [], ...further] = yield* mapSteps(explainFailure(input, verdict.others), () => failed);
  const { day, isLatest } = verdict;
  const { pool, needed, failure } = failed;
  const summary = describeConflicts(input, { conflicts: [conflict, ...further], day, dryOn: failure.on, isLatest, pool });
  return { kind: 'infeasible', dryDay: day, dryOn: failure.on, isLatest, conflict, furtherConflicts: further, summary, pool, needed };
}

/** The whole check: as `checkFeasibility`, then the nearest feasible policy where it is infeasible. The last state it yields is final. */
export function* checkWithNearest(input: FeasibilityInput): Generator<FeasibilityCheckView, void> {
  const steps = checkFeasibility(input);
  let state: FeasibilityCheckView = NO_CHECK;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      state = { ...state, verdict: step.value.kind, result: step.value, stage: null };
      break;
    }
    state = step.value;
    yield state;
  }
  const { result } = state;
  if (result?.kind === 'infeasible') {
    const searching = { ...state, stage: 'nearest' as const };
    yield searching;
    const paths = [result.conflict, ...result.furtherConflicts].flat().map(({ path }) => path);
    state = { ...state, nearest: (yield* mapSteps(findNearest(input, paths), () => searching)) ?? null };
  }
  yield state;
}

function failureOf({ from }: FeasibilityInput, { day, isLatest }: Extract<Verdict, { kind: 'fails' }>) {
  return { verdict: 'infeasible' as const, failure: { day, on: addDays(from, day - 1), isLatest } };
}

function describeVerdict(input: FeasibilityInput, verdict: Exclude<Verdict, { kind: 'fails' }>): FeasibilityView {
  const { policy, days } = input;
  const facts = { pool: admittedRows(input, policy.pool).length, needed: neededFor(loadOf(input, policy)), others: sharing(input).length };
  if (verdict.kind === 'counted') return describeFeasible(input, { ...facts, how: hasAges(policy) ? 'counted by day' : 'counted' });
  const { alone, together } = verdict;
  if (alone === 0) return describeUnproved(input, facts);
  if (together === days) return describeFeasible(input, { ...facts, how: 'played' });
  return describeFeasible({ ...input, days: alone }, { ...facts, how: 'played alone', together });
}

function* mapSteps<Step, Result>(
  steps: Generator<Step, Result>,
  toState: (step: Step) => FeasibilityCheckView,
): Generator<FeasibilityCheckView, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield toState(step.value);
  }
}
