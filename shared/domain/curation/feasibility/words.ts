import type { ConflictMember, FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { CONFLICTS_MAX } from '#shared/contracts/policies/policy-views.ts';
import { lowerFirst } from '#shared/domain/policies/describe-policy.ts';

interface Check {
  readonly policy: Policy;
  readonly days: number;
  readonly own: readonly unknown[];
}

interface Facts {
  readonly pool: number;
  readonly needed: number;
  /** How it was proved: by counting, without end or for the given days; by simulating all lists; or by simulating this policy's lists alone. */
  readonly how: 'counted' | 'counted by day' | 'played' | 'played alone';
  /** Number of other lists that share the repeat window or a group. */
  readonly others: number;
  /** Days that were simulated together with the others, if fewer. */
  readonly together?: number;
}

interface ConflictFacts {
  /** The first is described in full. */
  readonly conflicts: readonly (readonly ConflictMember[])[];
  readonly day: number;
  readonly dryOn: string;
  /** Whether the day comes from counting, so that the lists may fail earlier. */
  readonly isLatest: boolean;
  readonly pool: number;
}

/** The result "feasible", with its reasons. */
export function describeFeasible(check: Check, facts: Facts): FeasibilityView {
  const { pool, needed, how } = facts;
  return {
    kind: 'feasible',
    days: check.days,
    isIndefinite: how === 'counted',
    reasons: [needWords(check, facts), ...howWords(check, facts)],
    pool,
    needed,
  };
}

/** The result "unproved": counting finds no conflict, and a simulation would take too long for a request. */
export function describeUnproved(check: Check, facts: Pick<Facts, 'pool' | 'needed'>): FeasibilityView {
  const { pool, needed } = facts;
  const why = 'Counting finds no conflict but is no proof, and there are too many playlists to simulate here.';
  return { kind: 'unproved', reasons: [needWords(check, facts), why, 'Run a simulation to check every day of the whole network.'], pool, needed };
}

function needWords({ policy, own }: Check, { pool, needed }: Pick<Facts, 'pool' | 'needed'>): string {
  const lists = own.length === 1 ? 'One playlist needs' : `${count(own.length)} playlists need`;
  return `The rules admit ${count(pool)} recordings. ${lists} ${count(needed)} of them at any time: ${describeTurnover(policy)}.`;
}

function howWords({ days }: Check, { how, others, together = 0 }: Facts): string[] {
  const sharing = `the ${count(others)} other ${others === 1 ? 'playlist that shares' : 'playlists that share'} its repeat window or group`;
  const beside = others === 0 ? '' : `, together with ${sharing}`;
  const simulated = `the next ${count(days)} ${days === 1 ? 'day was' : 'days were'} simulated`;
  if (how === 'counted')
    return [`The rest is enough for any selection, even with every cap and block at its limit${beside}. No day can fail unless the catalog shrinks.`];
  if (how === 'counted by day')
    return [
      `Recordings that enter or leave the pool by age are not counted. Those in the pool on all of the next ${count(days)} days are enough for any selection${beside}.`,
    ];
  if (how === 'played') return [`Counting alone does not prove it, so ${simulated}${beside}: every day was filled.`];
  const alone = `Simulated without other playlists, it can be filled on each of the next ${count(days)} days.`;
  if (others === 0) return [alone, 'More days are too many to check here. Run a simulation to see them.'];
  const checked = together === 0 ? 'no day was checked' : `only the first ${count(together)} ${together === 1 ? 'day was' : 'days were'} checked`;
  return [alone, `Together with ${sharing}, ${checked}. Run a simulation to see the whole network.`];
}

/** The conflicts in a few sentences: which rules, and the first day on which a list cannot be filled. */
export function describeConflicts(check: Check, facts: ConflictFacts): string {
  const { conflicts, day, dryOn, isLatest, pool } = facts;
  const [conflict = [], ...further] = conflicts;
  const when = day === 1 ? `the first day (${dryOn})` : `day ${count(day)} (${dryOn})`;
  const dry = `${isLatest ? 'At the latest on' : 'On'} ${when}, ${check.own.length === 1 ? 'the playlist' : 'one of the playlists'} cannot be filled.`;
  if (conflict.length === 0) return `${dry} The catalog is too small, or other playlists need all of it. Import more albums.`;
  const admits = `The pool has ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'}.`;
  const way = conflict.length === 1 ? 'cannot be met' : 'cannot be met together; without any one of them the others can';
  const also = further.map((one) => ` Also, ${namesOf(one)} cannot be met${one.length === 1 ? '' : ' together'}.`).join('');
  const many =
    further.length === 0
      ? ''
      : ` These are ${conflicts.length < CONFLICTS_MAX ? '' : 'at least '}${count(conflicts.length)} conflicts; resolve each of them.`;
  return `${namesOf(conflict)} ${way}.${also}${many} ${admits} ${dry}`;
}

function namesOf(conflict: readonly ConflictMember[]): string {
  const rules = conflict.map(({ rule }) => `“${lowerFirst(rule)}”`);
  return rules.length < 2 ? rules.join('') : `${rules.slice(0, -1).join(', ')} and ${rules.at(-1) ?? ''}`;
}

function describeTurnover({ rest, turnover }: Policy): string {
  const changes = turnover === 1 ? 'all tracks change every day' : `${Math.round(turnover * 100)}% of the list changes every day`;
  return `${changes}, and the repeat window is ${count(rest.days)} ${rest.days === 1 ? 'day' : 'days'}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
