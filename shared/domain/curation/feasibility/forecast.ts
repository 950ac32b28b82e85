import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { ListOfDay } from '../curate-day.ts';
import { changesWithTime, hasAges } from '#shared/domain/policies/ages.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { firstShortDay, isAmple, neededFor, steadyAfter } from './bounds.ts';
import type { Load } from './bounds.ts';
import { overDays } from './pool.ts';
import { simulateTrial, scopeOf } from './trial.ts';
import type { TrialDay } from './trial.ts';
import type { RepeatIndex } from '../repeat-index.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { rowsOfNoSeason } from '#shared/domain/catalog/seasons.ts';
import { totalSlots } from './trial-budget.ts';
import type { TrialBudget } from './trial-budget.ts';

/** What a check reads of the recent placements. */
export type RecentPlacements = Pick<RepeatIndex, 'hasScope' | 'columnsOf' | 'previous' | 'earlier'>;

/** Input of a feasibility check: an unsaved policy, the lists that would follow it, the other lists, and the recent placements. */
export interface FeasibilityInput {
  readonly catalog: Catalog;
  /** `YYYY-MM-DD`; days count from here. */
  readonly from: string;
  readonly days: number;
  readonly policy: Policy;
  /** At least one; all follow `policy`. */
  readonly own: readonly ListOfDay[];
  readonly others: readonly ListOfDay[];
  readonly repeatIndex: RecentPlacements;
  /** Pins and bans of the policy, or of a reduced version of it. */
  readonly refsOf: (policy: Policy) => PolicyRefs;
}

/** Scarce days take long to decide: where counting already proves a failure, the exact day is simulated only up to this many entries per day. */
const EXACT_ENTRIES_MAX = 500;

/** How long the lists last: they fail on this day (with `isLatest`, at the latest then), or last for all days that were checked. */
export type Forecast =
  | { readonly kind: 'fails'; readonly day: number; readonly isLatest: boolean }
  | { readonly kind: 'lasts'; readonly days: number };

interface Beside {
  readonly others: readonly ListOfDay[];
  readonly work: TrialBudget;
  /** Whether to check only until the lists reach their steady state. */
  readonly isBrief?: boolean;
}

/** Counting gives the latest day of failure; simulating shows whether and when the lists fail. Yields the day being simulated. */
export function* forecast(input: FeasibilityInput, policy: Policy, { others, work, isBrief = false }: Beside): Generator<TrialDay, Forecast> {
  const { catalog, from, repeatIndex } = input;
  const own = following(input, policy);
  const latest = latestDay(input, policy);
  const lists = [...own, ...sharing({ ...input, policy, own, others })];
  if (latest !== undefined && totalSlots(lists) > EXACT_ENTRIES_MAX) return { kind: 'fails', day: latest, isLatest: true };
  const checked = new Set(own.map((list) => list.id));
  const span =
    isBrief && !hasAges(policy) && !hasSeasons(policy)
      ? Math.min(input.days, Math.max(...lists.map((list) => steadyAfter(list.policy))))
      : input.days;
  const result = yield* simulateTrial({ catalog, from, days: latest ?? span, lists, checkedListIds: checked, repeatIndex, work });
  if (result.kind === 'fails') return { ...result, isLatest: false };
  return latest === undefined ? result : { kind: 'fails', day: latest, isLatest: true };
}

/** The day by which the lists must fail, whatever is chosen and whatever was placed before; undefined when counting finds none. */
export function latestDay(input: FeasibilityInput, policy: Policy): number | undefined {
  if (!isCountable(policy) || hasAges(policy)) return undefined;
  const rows = admittedRows({ ...input, policy }, policy.pool);
  return firstShortDay(input.catalog, rows, { ...loadOf(input, policy), days: input.days });
}

/** Other lists that share a repeat-window scope or an exclusivity group with the policy's lists. */
export function sharing({ own, others, policy }: FeasibilityInput): ListOfDay[] {
  const scopes = new Set(own.flatMap((list) => [scopeOf(list), ...groupsOf(policy).map((group) => `group:${group}`)]));
  return others.filter((list) => [scopeOf(list), ...groupsOf(list.policy).map((group) => `group:${group}`)].some((scope) => scopes.has(scope)));
}

/** Recordings that the policy admits on the first day, bans left out. */
export function admittedRows({ catalog, from, refsOf, policy }: FeasibilityInput, pool: Rule): Int32Array {
  const { rows } = evaluatePool(catalog, pool, dayNumber(from));
  const { banned } = refsOf(policy);
  return banned ? rows.filter((row) => !banned.has(row)) : rows;
}

/** The lists as input of counting: lists with the scope `playlist` and no group are counted one by one. */
export function loadOf({ own }: FeasibilityInput, policy: Policy): Load {
  return { policy, lists: policy.rest.scope === 'playlist' && policy.exclusivity.group === undefined ? 1 : own.length };
}

/** Whether counting applies to the policy: pins and playing time need a simulation. */
function isCountable(policy: Policy): boolean {
  return policy.duration === undefined && policy.pins.length === 0;
}

/**
 * Whether counting proves that the lists can be filled on every day, beside the given other lists: without end, or with age rules on all of the days.
 * False when counting does not tell.
 */
export function isProved(input: FeasibilityInput, policy: Policy, others: readonly ListOfDay[]): boolean {
  const { catalog, from, days, own, repeatIndex } = input;
  if (!isCountable(policy) || own.some((list) => list.marks.length > 0)) return false;
  const today = dayNumber(from);
  const isAging = hasAges(policy);
  // A changing pool counts with the recordings that are in it on every day. A recording that ages out leaves its list whatever the turnover.
  const steady = (rule: Rule) => (isAging ? overDays(rule, 'always', { from: today, days }) : rule);
  const admitted = admittedRows({ ...input, policy }, steady(policy.pool));
  const rows = hasSeasons(policy) ? rowsOfNoSeason(catalog, admitted) : admitted;
  const load = loadOf(input, isAging ? { ...policy, turnover: 1 } : policy);
  if (rows.length <= neededFor(load)) return false;
  const admits = new RowSet(catalog.size, rows);
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

/** Whether titles of a season come and go with the day. */
function hasSeasons(policy: Policy): boolean {
  return policy.version === 2 && policy.seasonal === 'in_season';
}

/** The most recordings of the policy's pool that other lists can block at any time: no more than they need or admit. */
function claimedByOthers({ catalog, from }: FeasibilityInput, others: readonly ListOfDay[], admits: RowSet): number {
  const byPolicy = new Map<Policy, number>();
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
export function following({ own, refsOf }: FeasibilityInput, policy: Policy): ListOfDay[] {
  const refs = refsOf(policy);
  return own.map((list) => ({ ...list, policy, refs }));
}
