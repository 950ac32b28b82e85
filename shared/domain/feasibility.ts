import type { PolicyV1 } from '../contracts/policy.ts';
import type { FeasibilityView } from '../contracts/policy-views.ts';
import { addDays, dayNumber } from './calendar.ts';
import type { Catalogue } from './catalogue-columns.ts';
import { conflictsIn } from './conflict.ts';
import type { ListOfDay } from './curate-day.ts';
import { groupsOf } from './exclusivity.ts';
import { firstShortDay, isAmple, neededFor } from './feasibility-bounds.ts';
import { membersOf, withoutMembers } from './feasibility-members.ts';
import type { RuleMember } from './feasibility-members.ts';
import { changesWithTime } from './feasibility-pool.ts';
import { firstFailure, scopeOf } from './feasibility-trial.ts';
import { conflictWords, feasibleWords } from './feasibility-words.ts';
import type { LedgerMemory } from './ledger-memory.ts';
import type { PolicyRefs } from './policy-refs.ts';
import { evaluatePool } from './pool.ts';

/** A policy to be judged before it is saved: the lists that would follow it, those that are there already, and what the ledger remembers. */
export interface FeasibilityQuestion {
  readonly catalogue: Catalogue;
  /** `YYYY-MM-DD`; days count from here. */
  readonly from: string;
  readonly days: number;
  readonly policy: PolicyV1;
  /** At least one; all follow `policy`. */
  readonly own: readonly ListOfDay[];
  readonly others: readonly ListOfDay[];
  readonly memory: LedgerMemory;
  /** Pins and bans of the policy, or of what is left of it when some of its rules are taken away. */
  readonly refsOf: (policy: PolicyV1) => PolicyRefs;
}

/**
 * Whether the lists of a policy can be filled on each of the days. Proved by counting where there is so much that no choice can go wrong, and by
 * playing the days forward otherwise; or refuted with the smallest conflict. Yields between steps. The catalogue is taken as it is today.
 */
export function* judgeFeasibility(question: FeasibilityQuestion): Generator<undefined, FeasibilityView> {
  const rows = admittedRows(question, question.policy);
  const shared = sharing(question);
  const facts = { pool: rows.length, needed: neededFor(loadOf(question, question.policy)) };
  if (isProved(question, question.policy, shared)) return feasibleWords(question, { ...facts, how: 'counted', others: shared.length });
  const alone = shared.length > 0 && isProved(question, question.policy, []) ? undefined : yield* dryDay(question, question.policy, []);
  if (alone !== undefined) return yield* refute(question, { ...facts, dryDay: alone, others: [] });
  if ((question.own.length + shared.length) * question.days > LIST_DAYS_MAX)
    return feasibleWords(question, { ...facts, how: 'played alone', others: shared.length });
  const together = shared.length === 0 ? undefined : yield* dryDay(question, question.policy, shared);
  if (together !== undefined) return yield* refute(question, { ...facts, dryDay: together, others: shared });
  return feasibleWords(question, { ...facts, how: 'played', others: shared.length });
}

/** Lists times days that are played forward while somebody waits; a larger network is for a simulation, which has time. */
const LIST_DAYS_MAX = 2_500;

interface Failure {
  readonly pool: number;
  readonly needed: number;
  readonly dryDay: number;
  readonly others: readonly ListOfDay[];
}

function* refute(question: FeasibilityQuestion, failure: Failure): Generator<undefined, FeasibilityView> {
  const { policy, from } = question;
  const canHold = function* (without: readonly RuleMember[]): Generator<undefined, boolean> {
    const left = withoutMembers(policy, without);
    return (
      isProved(question, left, sharing({ ...question, policy: left, own: following(question, left), others: failure.others })) ||
      (yield* dryDay(question, left, failure.others)) === undefined
    );
  };
  const found = yield* conflictsIn(membersOf(policy), canHold);
  const [conflict = [], ...further] = found.map((members) => members.map(({ path, rule, remedy }) => ({ path, rule, remedy })));
  const { pool, needed } = failure;
  const day = failure.others.length > 0 ? failure.dryDay : yield* exactDay(question, failure.dryDay);
  const dryOn = addDays(from, day - 1);
  const says = conflictWords(question, { conflicts: [conflict, ...further], day, dryOn, pool });
  return { kind: 'infeasible', dryDay: day, dryOn, conflict, further, says, pool, needed };
}

/** Counting says by when a list has to fail; trying says when it does. */
function* exactDay({ catalogue, from, own, memory }: FeasibilityQuestion, latest: number): Generator<undefined, number> {
  const judged = new Set(own.map((list) => list.id));
  return (yield* firstFailure({ catalogue, from, days: latest, lists: own, judged, memory })) ?? latest;
}

/** Lists that share a rest scope or an exclusivity group with the judged ones. */
function sharing({ own, others, policy }: FeasibilityQuestion): ListOfDay[] {
  const arenas = new Set(own.flatMap((list) => [scopeOf(list), ...groupsOf(policy).map((group) => `group:${group}`)]));
  return others.filter((list) => [scopeOf(list), ...groupsOf(list.policy).map((group) => `group:${group}`)].some((arena) => arenas.has(arena)));
}

function admittedRows({ catalogue, from, refsOf }: FeasibilityQuestion, policy: PolicyV1): Int32Array {
  const { rows } = evaluatePool(catalogue, policy.pool, dayNumber(from));
  const { banned } = refsOf(policy);
  return banned ? rows.filter((row) => !banned.has(row)) : rows;
}

/** The lists as a question of counting: those that rest by themselves are counted one by one. */
function loadOf({ own }: FeasibilityQuestion, policy: PolicyV1) {
  return { policy, lists: policy.rest.scope === 'playlist' && policy.exclusivity.group === undefined ? 1 : own.length };
}

/** Whether counting speaks for this policy at all: pins, playing time and ages have to be played forward. */
function isCountable(policy: PolicyV1): boolean {
  return (
    policy.duration === undefined &&
    policy.pins.length === 0 &&
    !changesWithTime(policy.pool) &&
    !policy.mix.some((block) => changesWithTime(block.rule))
  );
}

function isProved(question: FeasibilityQuestion, policy: PolicyV1, others: readonly ListOfDay[]): boolean {
  const { catalogue, from, own, memory } = question;
  if (!isCountable(policy) || own.some((list) => list.marks.length > 0)) return false;
  const rows = admittedRows(question, policy);
  const load = loadOf(question, policy);
  if (rows.length <= neededFor(load)) return false;
  const admits = new Set(rows);
  const blocks = policy.mix.map((block) => evaluatePool(catalogue, block.rule, dayNumber(from)).rows.filter((row) => admits.has(row)));
  const today = dayNumber(from);
  const resting = new Set<number>();
  for (const scope of new Set(own.map((list) => scopeOf({ ...list, policy })))) {
    const { restsUntil } = memory.columnsOf(scope, catalogue.size);
    for (const row of rows) if ((restsUntil[row] ?? 0) > today) resting.add(row);
  }
  const claimed = resting.size + claimedByOthers(question, others, admits);
  return isAmple(catalogue, rows, { ...load, claimed, blocks });
}

/** The most that other lists can keep away from the policy's pool at any time: no more of it than they need, nor than they admit. */
function claimedByOthers({ catalogue, from }: FeasibilityQuestion, others: readonly ListOfDay[], admits: ReadonlySet<number>): number {
  const byPolicy = new Map<PolicyV1, number>();
  for (const list of others) byPolicy.set(list.policy, (byPolicy.get(list.policy) ?? 0) + 1);
  let claimed = 0;
  for (const [other, lists] of byPolicy) {
    let both = 0;
    for (const row of evaluatePool(catalogue, other.pool, dayNumber(from)).rows) both += admits.has(row) ? 1 : 0;
    claimed += changesWithTime(other.pool) ? neededFor({ policy: other, lists }) : Math.min(both, neededFor({ policy: other, lists }));
  }
  return claimed;
}

/** The first day that fails, beside the given other lists: by counting where that is enough, else by trying. */
function* dryDay(question: FeasibilityQuestion, policy: PolicyV1, others: readonly ListOfDay[]): Generator<undefined, number | undefined> {
  const { catalogue, from, days, memory } = question;
  const own = following(question, policy);
  if (isCountable(policy)) {
    const short = firstShortDay(catalogue, admittedRows(question, policy), { ...loadOf(question, policy), days });
    if (short !== undefined && others.length === 0 && !hasHistory(question, policy)) return short;
  }
  const beside = sharing({ ...question, policy, own, others });
  return yield* firstFailure({ catalogue, from, days, lists: [...own, ...beside], judged: new Set(own.map((list) => list.id)), memory });
}

/** The judged lists as they would be under the policy, or under what is left of it. */
function following({ own, refsOf }: FeasibilityQuestion, policy: PolicyV1): ListOfDay[] {
  const refs = refsOf(policy);
  return own.map((list) => ({ ...list, policy, refs }));
}

/** Whether something rests from earlier, so that a day before the counted one may fail. */
function hasHistory({ own, memory, catalogue, from }: FeasibilityQuestion, policy: PolicyV1): boolean {
  const today = dayNumber(from);
  return own.some((list) => memory.columnsOf(scopeOf({ ...list, policy }), catalogue.size).restsUntil.some((until) => until > today));
}
