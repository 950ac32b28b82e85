import type { ConflictMember, FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { CONFLICTS_MAX } from './conflict.ts';
import { lowerFirst } from '#shared/domain/policies/describe-policy.ts';

interface Asked {
  readonly policy: PolicyV1;
  readonly days: number;
  readonly own: readonly unknown[];
}

interface Facts {
  readonly pool: number;
  readonly needed: number;
  /** By counting alone, for ever or for the asked days; by playing the days of all lists; or all of them only by itself. */
  readonly how: 'counted' | 'counted by day' | 'played' | 'played alone';
  /** Lists that share the rest or a group. */
  readonly others: number;
  /** Days that were played beside those, where it was fewer. */
  readonly together?: number;
}

interface ConflictFacts {
  /** The first is told in full. */
  readonly conflicts: readonly (readonly ConflictMember[])[];
  readonly day: number;
  readonly dryOn: string;
  /** Whether the day was counted and the lists may fail before it. */
  readonly isLatest: boolean;
  readonly pool: number;
}

/** The good verdict, with how it is known. */
export function feasibleWords(asked: Asked, facts: Facts): FeasibilityView {
  const { pool, needed, how } = facts;
  return {
    kind: 'feasible',
    days: asked.days,
    forEver: how === 'counted',
    because: [needWords(asked, facts), ...howWords(asked, facts)],
    pool,
    needed,
  };
}

/** No verdict: nothing counted speaks against it, and it is too much to be played while somebody waits. */
export function unprovedWords(asked: Asked, facts: Pick<Facts, 'pool' | 'needed'>): FeasibilityView {
  const { pool, needed } = facts;
  const why = 'Counting finds nothing against it and does not prove it either, and so many lists are more than can be played here.';
  return { kind: 'unproved', because: [needWords(asked, facts), why, 'Play it forward: that shows every day of the whole network.'], pool, needed };
}

function needWords({ policy, own }: Asked, { pool, needed }: Pick<Facts, 'pool' | 'needed'>): string {
  const lists = own.length === 1 ? 'One list needs' : `${count(own.length)} lists need`;
  return `The rules admit ${count(pool)} recordings. ${lists} ${count(needed)} of them at any time: ${whatRests(policy)}.`;
}

function howWords({ days }: Asked, { how, others, together = 0 }: Facts): string[] {
  const sharing = `the ${count(others)} ${others === 1 ? 'list that shares' : 'lists that share'} its rest`;
  const beside = others === 0 ? '' : `, beside ${sharing}`;
  const played = `the next ${count(days)} ${days === 1 ? 'day was' : 'days were'} played forward`;
  if (how === 'counted')
    return [
      `That leaves enough whatever is chosen, with every cap and every block at its worst${beside}; no day can fail while the catalogue stays as large.`,
    ];
  if (how === 'counted by day')
    return [
      `What grows too old or has not come of age yet is left out of account: what stays in the pool for all of the next ${count(days)} days is enough whatever is chosen${beside}.`,
    ];
  if (how === 'played') return [`Counting alone does not prove it, so ${played}${beside}: every one was filled.`];
  const alone = `Played forward by itself it can be filled on each of the next ${count(days)} days.`;
  if (others === 0) return [alone, 'More days than that are more than can be played here: play it forward to see them.'];
  const some = together === 0 ? '' : ` on the first ${count(together)} of them, and`;
  return [alone, `Beside ${sharing} it was tried${some === '' ? ' on none' : some} no further: play it forward to see the whole network’s days.`];
}

/** The conflict in a sentence or two: which rules, and when the first list would stay empty. */
export function conflictWords(asked: Asked, found: ConflictFacts): string {
  const { conflicts, day, dryOn, isLatest, pool } = found;
  const [conflict = [], ...further] = conflicts;
  const when = day === 1 ? `the very first day, ${dryOn},` : `day ${count(day)}, ${dryOn},`;
  const dry = `${isLatest ? 'At the latest on' : 'On'} ${when} ${asked.own.length === 1 ? 'the list' : 'one of the lists'} cannot be filled.`;
  if (conflict.length === 0) return `${dry} The catalogue is too small, or other lists need all of it: take in more albums.`;
  const admits = `The pool has ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'}.`;
  const way = conflict.length === 1 ? 'cannot hold' : 'cannot hold together; without any one of them the others can';
  const besides = further.map((one) => ` Besides, ${namesOf(one)} cannot hold${one.length === 1 ? '' : ' together'}.`).join('');
  const many =
    further.length === 0
      ? ''
      : ` These are ${conflicts.length < CONFLICTS_MAX ? '' : 'at least '}${count(conflicts.length)} conflicts, and each has to be solved.`;
  return `${namesOf(conflict)} ${way}.${besides}${many} ${admits} ${dry}`;
}

function namesOf(conflict: readonly ConflictMember[]): string {
  const rules = conflict.map(({ rule }) => `“${lowerFirst(rule)}”`);
  return rules.length < 2 ? rules.join('') : `${rules.slice(0, -1).join(', ')} and ${rules.at(-1) ?? ''}`;
}

function whatRests({ rest, turnover }: PolicyV1): string {
  const changes = turnover === 1 ? 'all of a list changes every day' : `${Math.round(turnover * 100)} % of a list change a day`;
  return `${changes} and rests ${count(rest.days)} ${rest.days === 1 ? 'day' : 'days'}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
