import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { addDays, dayNumber } from '#shared/domain/calendar.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { conflictsIn } from './conflict.ts';
import type { ListOfDay } from '../curate-day.ts';
import { groupsOf } from '#shared/domain/policies/exclusivity.ts';
import { firstShortDay, isAmple, neededFor, settledAfter } from './bounds.ts';
import { membersOf, withoutMembers } from './members.ts';
import type { RuleMember } from './members.ts';
import { changesWithTime, overDays } from './pool.ts';
import { playTrial, scopeOf } from './trial.ts';
import { conflictWords, feasibleWords, unprovedWords } from './words.ts';
import type { LedgerMemory } from '../ledger-memory.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { placesOf, TrialWork } from './trial-work.ts';

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
 * Whether the lists of a policy can be filled on each of the days. Proved by counting where there is so much that no choice can go wrong, by
 * playing the days forward otherwise, as many as can be played while somebody waits; or refuted with the smallest conflicts. Yields between steps.
 * The catalogue is taken as it is today.
 */
export function* judgeFeasibility(question: FeasibilityQuestion): Generator<undefined, FeasibilityView> {
  const { policy, days } = question;
  const shared = sharing(question);
  const facts = {
    pool: admittedRows(question, policy.pool).length,
    needed: neededFor(loadOf(question, policy)),
    others: shared.length,
  };
  if (isProved(question, policy, shared)) return feasibleWords(question, { ...facts, how: hasAges(policy) ? 'counted by day' : 'counted' });
  const isProvedAlone = shared.length > 0 && isProved(question, policy, []);
  const alone = isProvedAlone ? { kind: 'lasts' as const, days } : yield* outlook(question, policy, { others: [], work: new TrialWork() });
  if (alone.kind === 'fails') return yield* refute(question, { ...facts, ...alone, others: [] });
  const together = shared.length === 0 ? alone : yield* outlook(question, policy, { others: shared, work: new TrialWork() });
  if (together.kind === 'fails') return yield* refute(question, { ...facts, ...together, others: shared });
  if (alone.days === 0) return unprovedWords(question, facts);
  if (together.days === days) return feasibleWords(question, { ...facts, how: 'played' });
  return feasibleWords({ ...question, days: alone.days }, { ...facts, how: 'played alone', together: together.days });
}

/** A day that is scarce takes long to decide: where it is certain that one fails, only a few lists are played to see which. */
const EXACT_PLACES_MAX = 500;

/** Until which day the lists go: they fail, on this day or at the latest then, or last for so many days as were looked at. */
type Outlook = { readonly kind: 'fails'; readonly day: number; readonly isLatest: boolean } | { readonly kind: 'lasts'; readonly days: number };

interface Beside {
  readonly others: readonly ListOfDay[];
  readonly work: TrialWork;
  /** Whether it is enough to see the lists settle. */
  readonly isBrief?: boolean;
}

/** Counting says by when the lists have to fail; playing says whether they do, and when. */
function* outlook(question: FeasibilityQuestion, policy: PolicyV1, { others, work, isBrief = false }: Beside): Generator<undefined, Outlook> {
  const { catalogue, from, memory } = question;
  const own = following(question, policy);
  const latest = latestDay(question, policy);
  const lists = [...own, ...sharing({ ...question, policy, own, others })];
  if (latest !== undefined && placesOf(lists) > EXACT_PLACES_MAX) return { kind: 'fails', day: latest, isLatest: true };
  const judged = new Set(own.map((list) => list.id));
  const asked = isBrief && !hasAges(policy) ? Math.min(question.days, Math.max(...lists.map((list) => settledAfter(list.policy)))) : question.days;
  const played = yield* playTrial({ catalogue, from, days: latest ?? asked, lists, judged, memory, work });
  if (played.kind === 'fails') return { ...played, isLatest: false };
  return latest === undefined ? played : { kind: 'fails', day: latest, isLatest: true };
}

/** The day by which the lists have to fail, whatever is chosen and whatever happened before; undefined when counting finds none. */
function latestDay(question: FeasibilityQuestion, policy: PolicyV1): number | undefined {
  if (!isCountable(policy) || hasAges(policy)) return undefined;
  const rows = admittedRows({ ...question, policy }, policy.pool);
  return firstShortDay(question.catalogue, rows, { ...loadOf(question, policy), days: question.days });
}

interface Failure {
  readonly pool: number;
  readonly needed: number;
  readonly day: number;
  readonly isLatest: boolean;
  readonly others: readonly ListOfDay[];
}

function* refute(question: FeasibilityQuestion, { pool, needed, day, isLatest, others }: Failure): Generator<undefined, FeasibilityView> {
  const { policy, from } = question;
  const work = new TrialWork(CONFLICT_UNITS_MAX);
  const canHold = function* (without: readonly RuleMember[]): Generator<undefined, boolean> {
    yield undefined;
    const left = withoutMembers(policy, without);
    if (isProved(question, left, sharing({ ...question, policy: left, own: following(question, left), others }))) return true;
    if (latestDay(question, left) !== undefined) return false;
    // What cannot be played any more counts as holding: then a rule too many is told rather than one too few.
    return (yield* outlook(question, left, { others, work, isBrief: true })).kind === 'lasts';
  };
  const found = yield* conflictsIn(membersOf(policy), canHold);
  const [conflict = [], ...further] = found.map((members) => members.map(({ path, rule, remedy }) => ({ path, rule, remedy })));
  const dryOn = addDays(from, day - 1);
  const says = conflictWords(question, { conflicts: [conflict, ...further], day, dryOn, isLatest, pool });
  return { kind: 'infeasible', dryDay: day, dryOn, isLatest, conflict, further, says, pool, needed };
}

/** A conflict takes many trials; most are decided by counting. */
const CONFLICT_UNITS_MAX = 1_000_000;

/** Lists that share a rest scope or an exclusivity group with the judged ones. */
function sharing({ own, others, policy }: FeasibilityQuestion): ListOfDay[] {
  const arenas = new Set(own.flatMap((list) => [scopeOf(list), ...groupsOf(policy).map((group) => `group:${group}`)]));
  return others.filter((list) => [scopeOf(list), ...groupsOf(list.policy).map((group) => `group:${group}`)].some((arena) => arenas.has(arena)));
}

function admittedRows({ catalogue, from, refsOf, policy }: FeasibilityQuestion, pool: Rule): Int32Array {
  const { rows } = evaluatePool(catalogue, pool, dayNumber(from));
  const { banned } = refsOf(policy);
  return banned ? rows.filter((row) => !banned.has(row)) : rows;
}

/** The lists as a question of counting: those that rest by themselves are counted one by one. */
function loadOf({ own }: FeasibilityQuestion, policy: PolicyV1) {
  return { policy, lists: policy.rest.scope === 'playlist' && policy.exclusivity.group === undefined ? 1 : own.length };
}

/** Whether counting speaks for this policy at all: pins and playing time have to be played forward. */
function isCountable(policy: PolicyV1): boolean {
  return policy.duration === undefined && policy.pins.length === 0;
}

/** Whether the pool or a block asks for ages, so that it is another one every day. */
function hasAges(policy: PolicyV1): boolean {
  return changesWithTime(policy.pool) || policy.mix.some((block) => changesWithTime(block.rule));
}

function isProved(question: FeasibilityQuestion, policy: PolicyV1, others: readonly ListOfDay[]): boolean {
  const { catalogue, from, days, own, memory } = question;
  if (!isCountable(policy) || own.some((list) => list.marks.length > 0)) return false;
  const today = dayNumber(from);
  const isAging = hasAges(policy);
  // Of a pool that changes counts what is in it on every day; and who grows too old leaves a list however little of it is to change.
  const steady = (rule: Rule) => (isAging ? overDays(rule, 'always', { from: today, days }) : rule);
  const rows = admittedRows({ ...question, policy }, steady(policy.pool));
  const load = loadOf(question, isAging ? { ...policy, turnover: 1 } : policy);
  if (rows.length <= neededFor(load)) return false;
  const admits = new Set(rows);
  const blocks = policy.mix.map((block) => evaluatePool(catalogue, steady(block.rule), today).rows.filter((row) => admits.has(row)));
  const resting = new Set<number>();
  for (const scope of new Set(own.map((list) => scopeOf({ ...list, policy })))) {
    if (!memory.remembers(scope)) continue;
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

/** The judged lists as they would be under the policy, or under what is left of it. */
function following({ own, refsOf }: FeasibilityQuestion, policy: PolicyV1): ListOfDay[] {
  const refs = refsOf(policy);
  return own.map((list) => ({ ...list, policy, refs }));
}
