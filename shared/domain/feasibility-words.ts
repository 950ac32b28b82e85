import type { ConflictMember, FeasibilityView } from '../contracts/policy-views.ts';
import type { PolicyV1 } from '../contracts/policy.ts';
import { lowerFirst } from './describe-policy.ts';

interface Asked {
  readonly policy: PolicyV1;
  readonly days: number;
  readonly own: readonly unknown[];
}

interface Facts {
  readonly pool: number;
  readonly needed: number;
  /** By counting alone; by playing the days of all lists; or only its own, because there are too many beside it. */
  readonly how: 'counted' | 'played' | 'played alone';
  /** Lists that share the rest or a group. */
  readonly others: number;
}

interface ConflictFacts {
  /** The first is told in full. */
  readonly conflicts: readonly (readonly ConflictMember[])[];
  readonly day: number;
  readonly dryOn: string;
  readonly pool: number;
}

/** The good verdict, with how it is known. */
export function feasibleWords(asked: Asked, { pool, needed, how, others }: Facts): FeasibilityView {
  const { policy, days, own } = asked;
  const lists = own.length === 1 ? 'One list needs' : `${count(own.length)} lists need`;
  const counted = `The rules admit ${count(pool)} recordings. ${lists} ${count(needed)} of them at any time: ${whatRests(policy)}.`;
  const because = [counted, ...howWords(asked, how, others)];
  return { kind: 'feasible', days, forEver: how === 'counted', because, pool, needed };
}

function howWords({ days }: Asked, how: Facts['how'], others: number): string[] {
  const sharing = `the ${count(others)} ${others === 1 ? 'list that shares' : 'lists that share'} its rest`;
  const beside = others === 0 ? '' : `, beside ${sharing}`;
  const played = `the next ${count(days)} ${days === 1 ? 'day was' : 'days were'} played forward`;
  if (how === 'counted')
    return [
      `That leaves enough whatever is chosen, with every cap and every block at its worst${beside}; no day can fail while the catalogue stays as large.`,
    ];
  if (how === 'played') return [`That is close, so ${played}${beside}: every one was filled.`];
  return [
    `By itself it can be filled on each of the next ${count(days)} days.`,
    `What ${sharing} leave to it is more than can be played here: start a simulation to see the whole network’s days.`,
  ];
}

/** The conflict in a sentence or two: which rules, and when the first list would stay empty. */
export function conflictWords(asked: Asked, found: ConflictFacts): string {
  const { conflicts, day, dryOn, pool } = found;
  const [conflict = [], ...further] = conflicts;
  const when = day === 1 ? `the very first day, ${dryOn},` : `day ${count(day)}, ${dryOn},`;
  const dry = `On ${when} ${asked.own.length === 1 ? 'the list' : 'one of the lists'} cannot be filled.`;
  if (conflict.length === 0) return `${dry} The catalogue is too small, or other lists need all of it: take in more albums.`;
  const admits = `The pool has ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'}.`;
  const way = conflict.length === 1 ? 'cannot hold' : 'cannot hold together; without any one of them the others can';
  const besides = further.map((one) => ` Besides, ${namesOf(one)} cannot hold${one.length === 1 ? '' : ' together'}.`).join('');
  const many = further.length === 0 ? '' : ` These are ${count(conflicts.length)} conflicts, and each has to be solved.`;
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
