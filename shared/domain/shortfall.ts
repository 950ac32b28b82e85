import type { PolicyV1, Rule } from '../contracts/policy.ts';
import type { Catalogue } from './catalogue-columns.ts';
import { describeRule, lowerFirst } from './describe-policy.ts';
import { evaluatePool } from './pool.ts';

/** Rules left out one at a time to find the one in the way; a policy with more parts than this says only how few there are. */
const PARTS_TRIED_MAX = 24;

/** The counts of a list that could not be filled. */
export interface ShortfallFacts {
  readonly policy: PolicyV1;
  readonly catalogue: number;
  readonly pool: number;
  /** In the pool but resting since an earlier day. */
  readonly resting: number;
  /** In the pool but placed in another list of this rest scope the same day. */
  readonly placedToday: number;
  readonly candidates: number;
  readonly chosen: number;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly unknownExcluded: number;
  /** How many each part of the pool would let in if it alone were dropped; empty when not looked into. */
  readonly without: readonly { readonly rule: string; readonly pool: number }[];
}

/** Why a list could not be filled: where the recordings went, and which rule to loosen. Each entry is a sentence. */
export function explainShortfall(facts: ShortfallFacts): string[] {
  const { policy, pool, candidates, chosen } = facts;
  const { size } = policy;
  if (chosen >= size) return [];
  if (facts.catalogue === 0) return ['The catalogue is empty: take in albums first.'];
  if (pool < size) return poolTooSmall(facts);
  const sentences: string[] = [];
  if (candidates < size) {
    const parts = [
      ...(facts.resting > 0 ? [`${are(facts.resting)} resting`] : []),
      ...(facts.placedToday > 0 ? [`${are(facts.placedToday)} placed in another list today`] : []),
    ];
    sentences.push(
      `Of the ${count(pool)} recordings that the rules admit, ${parts.join(' and ')}; ${are(candidates)} free, and ${count(size)} are needed.`,
    );
    sentences.push(...restRemedy(facts));
    return sentences;
  }
  const caps = `at most ${policy.caps.perArtist} by an artist and ${policy.caps.perAlbum} from an album`;
  sentences.push(`${count(candidates)} recordings are free, but with ${caps} only ${count(chosen)} fit together; ${count(size)} are needed.`);
  const culprit = facts.cappedByArtist >= facts.cappedByAlbum ? 'artist' : 'album';
  const turnedAway = Math.max(facts.cappedByArtist, facts.cappedByAlbum);
  sentences.push(`The cap per ${culprit} turned away ${count(turnedAway)}: raise it, or take in music by others.`);
  return sentences;
}

/** For each part of an "all" pool, how many recordings there would be without it. */
export function countWithoutParts(catalogue: Catalogue, pool: Rule, day: number): { rule: string; pool: number }[] {
  if (!('all' in pool) || pool.all.length > PARTS_TRIED_MAX) return [];
  return pool.all.map((part, index) => {
    const others: Rule = { all: pool.all.filter((_, other) => other !== index) };
    return { rule: describeRule(part), pool: evaluatePool(catalogue, others, day).rows.length };
  });
}

function poolTooSmall({ policy, pool, unknownExcluded, without }: ShortfallFacts): string[] {
  const parts = without.map((part) => `“${lowerFirst(part.rule)}”`);
  const what =
    parts.length > 1 && parts.length <= 4
      ? `satisfy ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''} at once`
      : 'satisfy the rules of the pool';
  const sentences = [`Only ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'} ${what}; ${count(policy.size)} are needed.`];
  const [best] = without.toSorted((a, b) => b.pool - a.pool);
  if (best && best.pool > pool) sentences.push(`Without “${lowerFirst(best.rule)}” there would be ${count(best.pool)}.`);
  if (unknownExcluded > 0) {
    sentences.push(`${count(unknownExcluded)} more are left out only because something about them is not known yet.`);
  }
  return sentences;
}

function restRemedy({ policy, pool }: ShortfallFacts): string[] {
  const { days, scope } = policy.rest;
  const daily = Math.floor(pool / Math.max(1, days));
  const who = { network: 'all lists of the network together', policy: 'all lists with these rules together', playlist: 'this list' }[scope];
  if (days < 2) return ['Widen the rules or take in more albums.'];
  return [
    `With ${days} days of rest this pool carries about ${count(daily)} tracks a day for ${who}: widen the rules, shorten the rest or take in more albums.`,
  ];
}

function are(number: number): string {
  return number === 1 ? '1 is' : `${count(number)} are`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
