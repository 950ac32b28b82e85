import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { findConflicts } from './conflict.ts';
import type { ListOfDay } from '../curate-day.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { firstShortDay, isAmple, neededFor, steadyAfter } from './bounds.ts';
import { membersOf, withoutMembers } from './members.ts';
import type { RuleMember } from './members.ts';
import { changesWithTime, overDays } from './pool.ts';
import { simulateTrial, scopeOf } from './trial.ts';
import { describeConflicts, describeFeasible, describeUnproved } from './words.ts';
import type { RepeatIndex } from '../repeat-index.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { totalSlots, TrialBudget } from './trial-budget.ts';

/** Input of a feasibility check: an unsaved policy, the lists that would follow it, the other lists, and the recent placements. */
export interface FeasibilityInput {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD`; days count from here. */
  readonly from: string;
  readonly days: number;
  readonly policy: PolicyV1;
  /** At least one; all follow `policy`. */
  readonly own: readonly ListOfDay[];
  readonly others: readonly ListOfDay[];
  readonly repeatIndex: RepeatIndex;
  /** Pins and bans of the policy, or of a reduced version of it. */
  readonly refsOf: (policy: PolicyV1) => PolicyRefs;
}

/**
 * Whether the lists of a policy can be filled on each of the days. Proved by counting where there is enough music for any selection, otherwise by
 * simulating as many days as a request has time for; or refuted with minimal conflicts. Assumes today's catalog. Yields between steps.
 */
export function* checkFeasibility(input: FeasibilityInput): Generator<undefined, FeasibilityView> {
  const { policy, days } = input;
  const shared = sharing(input);
  const facts = {
    pool: admittedRows(input, policy.pool).length,
    needed: neededFor(loadOf(input, policy)),
    others: shared.length,
  };
  if (isProved(input, policy, shared)) return describeFeasible(input, { ...facts, how: hasAges(policy) ? 'counted by day' : 'counted' });
  const isProvedAlone = shared.length > 0 && isProved(input, policy, []);
  const alone = isProvedAlone ? { kind: 'lasts' as const, days } : yield* forecast(input, policy, { others: [], work: new TrialBudget() });
  if (alone.kind === 'fails') return yield* refute(input, { ...facts, ...alone, others: [] });
  const together = shared.length === 0 ? alone : yield* forecast(input, policy, { others: shared, work: new TrialBudget() });
  if (together.kind === 'fails') return yield* refute(input, { ...facts, ...together, others: shared });
  if (alone.days === 0) return describeUnproved(input, facts);
  if (together.days === days) return describeFeasible(input, { ...facts, how: 'played' });
  return describeFeasible({ ...input, days: alone.days }, { ...facts, how: 'played alone', together: together.days });
}

/** Scarce days take long to decide: where counting already proves a failure, the exact day is simulated only up to this many entries per day. */
const EXACT_ENTRIES_MAX = 500;

/** How long the lists last: they fail on this day (with `isLatest`, at the latest then), or last for all days that were checked. */
type Forecast = { readonly kind: 'fails'; readonly day: number; readonly isLatest: boolean } | { readonly kind: 'lasts'; readonly days: number };

interface Beside {
  readonly others: readonly ListOfDay[];
  readonly work: TrialBudget;
  /** Whether to check only until the lists reach their steady state. */
  readonly isBrief?: boolean;
}

/** Counting gives the latest day of failure; simulating shows whether and when the lists fail. */
function* forecast(input: FeasibilityInput, policy: PolicyV1, { others, work, isBrief = false }: Beside): Generator<undefined, Forecast> {
  const { catalog, from, repeatIndex } = input;
  const own = following(input, policy);
  const latest = latestDay(input, policy);
  const lists = [...own, ...sharing({ ...input, policy, own, others })];
  if (latest !== undefined && totalSlots(lists) > EXACT_ENTRIES_MAX) return { kind: 'fails', day: latest, isLatest: true };
  const checked = new Set(own.map((list) => list.id));
  const span = isBrief && !hasAges(policy) ? Math.min(input.days, Math.max(...lists.map((list) => steadyAfter(list.policy)))) : input.days;
  const result = yield* simulateTrial({ catalog, from, days: latest ?? span, lists, checkedListIds: checked, repeatIndex, work });
  if (result.kind === 'fails') return { ...result, isLatest: false };
  return latest === undefined ? result : { kind: 'fails', day: latest, isLatest: true };
}

/** The day by which the lists must fail, whatever is chosen and whatever was placed before; undefined when counting finds none. */
function latestDay(input: FeasibilityInput, policy: PolicyV1): number | undefined {
  if (!isCountable(policy) || hasAges(policy)) return undefined;
  const rows = admittedRows({ ...input, policy }, policy.pool);
  return firstShortDay(input.catalog, rows, { ...loadOf(input, policy), days: input.days });
}

interface Failure {
  readonly pool: number;
  readonly needed: number;
  readonly day: number;
  readonly isLatest: boolean;
  readonly others: readonly ListOfDay[];
}

function* refute(input: FeasibilityInput, { pool, needed, day, isLatest, others }: Failure): Generator<undefined, FeasibilityView> {
  const { policy, from } = input;
  const work = new TrialBudget(CONFLICT_UNITS_MAX);
  const canHold = function* (without: readonly RuleMember[]): Generator<undefined, boolean> {
    yield undefined;
    const left = withoutMembers(policy, without);
    if (isProved(input, left, sharing({ ...input, policy: left, own: following(input, left), others }))) return true;
    if (latestDay(input, left) !== undefined) return false;
    // Without work budget left, the rules count as satisfiable: the conflict then names a rule too many rather than one too few.
    return (yield* forecast(input, left, { others, work, isBrief: true })).kind === 'lasts';
  };
  const found = yield* findConflicts(membersOf(policy), canHold);
  const [conflict = [], ...further] = found.map((members) => members.map(({ path, rule, remedy }) => ({ path, rule, remedy })));
  const dryOn = addDays(from, day - 1);
  const says = describeConflicts(input, { conflicts: [conflict, ...further], day, dryOn, isLatest, pool });
  return { kind: 'infeasible', dryDay: day, dryOn, isLatest, conflict, furtherConflicts: further, summary: says, pool, needed };
}

/** Work budget of finding conflicts: it takes many trials, most of them decided by counting. */
const CONFLICT_UNITS_MAX = 1_000_000;

/** Other lists that share a repeat-window scope or an exclusivity group with the policy's lists. */
function sharing({ own, others, policy }: FeasibilityInput): ListOfDay[] {
  const scopes = new Set(own.flatMap((list) => [scopeOf(list), ...groupsOf(policy).map((group) => `group:${group}`)]));
  return others.filter((list) => [scopeOf(list), ...groupsOf(list.policy).map((group) => `group:${group}`)].some((scope) => scopes.has(scope)));
}

function admittedRows({ catalog, from, refsOf, policy }: FeasibilityInput, pool: Rule): Int32Array {
  const { rows } = evaluatePool(catalog, pool, dayNumber(from));
  const { banned } = refsOf(policy);
  return banned ? rows.filter((row) => !banned.has(row)) : rows;
}

/** The lists as input of counting: lists with the scope `playlist` and no group are counted one by one. */
function loadOf({ own }: FeasibilityInput, policy: PolicyV1) {
  return { policy, lists: policy.rest.scope === 'playlist' && policy.exclusivity.group === undefined ? 1 : own.length };
}

/** Whether counting applies to the policy: pins and playing time need a simulation. */
function isCountable(policy: PolicyV1): boolean {
  return policy.duration === undefined && policy.pins.length === 0;
}

/** Whether the pool or a block has age rules, so that it changes from day to day. */
function hasAges(policy: PolicyV1): boolean {
  return changesWithTime(policy.pool) || policy.mix.some((block) => changesWithTime(block.rule));
}

function isProved(input: FeasibilityInput, policy: PolicyV1, others: readonly ListOfDay[]): boolean {
  const { catalog, from, days, own, repeatIndex } = input;
  if (!isCountable(policy) || own.some((list) => list.marks.length > 0)) return false;
  const today = dayNumber(from);
  const isAging = hasAges(policy);
  // A changing pool counts with the recordings that are in it on every day. A recording that ages out leaves its list whatever the turnover.
  const steady = (rule: Rule) => (isAging ? overDays(rule, 'always', { from: today, days }) : rule);
  const rows = admittedRows({ ...input, policy }, steady(policy.pool));
  const load = loadOf(input, isAging ? { ...policy, turnover: 1 } : policy);
  if (rows.length <= neededFor(load)) return false;
  const admits = new Set(rows);
  const blocks = policy.mix.map((block) => evaluatePool(catalog, steady(block.rule), today).rows.filter((row) => admits.has(row)));
  const resting = new Set<number>();
  for (const scope of new Set(own.map((list) => scopeOf({ ...list, policy })))) {
    if (!repeatIndex.hasScope(scope)) continue;
    const { restsUntil } = repeatIndex.columnsOf(scope, catalog.size);
    for (const row of rows) if ((restsUntil[row] ?? 0) > today) resting.add(row);
  }
  const claimed = resting.size + claimedByOthers(input, others, admits);
  return isAmple(catalog, rows, { ...load, claimed, blocks });
}

/** The most recordings of the policy's pool that other lists can block at any time: no more than they need or admit. */
function claimedByOthers({ catalog, from }: FeasibilityInput, others: readonly ListOfDay[], admits: ReadonlySet<number>): number {
  const byPolicy = new Map<PolicyV1, number>();
  for (const list of others) byPolicy.set(list.policy, (byPolicy.get(list.policy) ?? 0) + 1);
  let claimed = 0;
  for (const [other, lists] of byPolicy) {
    let admittedByBoth = 0;
    for (const row of evaluatePool(catalog, other.pool, dayNumber(from)).rows) admittedByBoth += admits.has(row) ? 1 : 0;
    claimed += changesWithTime(other.pool) ? neededFor({ policy: other, lists }) : Math.min(admittedByBoth, neededFor({ policy: other, lists }));
  }
  return claimed;
}

/** The policy's lists under the given (reduced) policy. */
function following({ own, refsOf }: FeasibilityInput, policy: PolicyV1): ListOfDay[] {
  const refs = refsOf(policy);
  return own.map((list) => ({ ...list, policy, refs }));
}
