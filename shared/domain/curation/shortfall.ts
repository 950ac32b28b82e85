import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import { capsOf } from './caps.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';

/** Rules left out one at a time to find the one in the way; a policy with more parts than this says only how few there are. */
const PARTS_TRIED_MAX = 24;

/** The counts of a list that could not be filled. */
export interface ShortfallFacts {
  readonly policy: PolicyV1;
  readonly catalogue: number;
  readonly pool: number;
  /** In the pool but resting since an earlier day. */
  readonly resting: number;
  /** In the pool but given to other lists of this rest scope the same day. */
  readonly usedToday: number;
  readonly banned?: number;
  readonly pinnedElsewhere?: number;
  /** In the pool but shown by another list of the exclusivity group. */
  readonly exclusive?: number;
  readonly candidates: number;
  /** Entries of the list as far as it came, with those it had from the start. */
  readonly chosen: number;
  readonly held?: number;
  readonly size: number;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly unknownExcluded: number;
  /** The parts of the mix: places, how many of them were filled, and how many recordings were free for them. */
  readonly blocks?: readonly { readonly name: string; readonly slots: number; readonly filled: number; readonly free: number }[];
  /** Minutes of a list that is complete but for its playing time; null for every other. */
  readonly minutes?: number | null;
  /** The last place that something is pinned to; 0 when nothing is. */
  readonly lastPlace?: number;
  /** How many each part of the pool would let in if it alone were dropped; empty when not looked into. */
  readonly without: readonly { readonly rule: string; readonly pool: number }[];
}

/** Why a list could not be filled: where the recordings went, and which rule to loosen. Each entry is a sentence. */
export function explainShortfall(facts: ShortfallFacts): string[] {
  const { pool, candidates, chosen, size } = facts;
  const held = facts.held ?? 0;
  if (facts.minutes != null) return wrongLength(facts, facts.minutes);
  if (chosen >= size) return [];
  if (facts.catalogue === 0) return ['The catalogue is empty: take in albums first.'];
  if (pool < size - held) return poolTooSmall(facts);
  const needed = size - held;
  if (candidates < needed) return tooFewFree(facts, needed);
  const short = shortBlocks(facts);
  return short.length > 0 ? short : cappedOut(facts);
}

function tooFewFree(facts: ShortfallFacts, needed: number): string[] {
  const parts = [
    ...(facts.resting > 0 ? [`${are(facts.resting)} resting`] : []),
    ...(facts.usedToday > 0 ? [`${are(facts.usedToday)} placed in another list today`] : []),
    ...(facts.banned ? [`${are(facts.banned)} banned`] : []),
    ...(facts.pinnedElsewhere ? [`${are(facts.pinnedElsewhere)} pinned in another list`] : []),
  ];
  const where = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
  return [
    `Of the ${count(facts.pool)} recordings that the rules admit, ${where || 'the list has some already'}; ${are(facts.candidates)} free, and ${count(needed)} are needed.`,
    ...restRemedy(facts),
  ];
}

function shortBlocks({ blocks = [] }: ShortfallFacts): string[] {
  return blocks
    .filter((block) => block.filled < block.slots)
    .map(({ name, slots, filled, free }) => {
      const why = free < slots - filled ? `only ${are(free)} free` : `caps and the other lists leave room for ${count(filled)}`;
      return `The part “${name}” of the mix has ${count(slots)} places and only ${count(filled)} could be filled: ${why}. Widen its rule, or lower its share.`;
    });
}

function cappedOut(facts: ShortfallFacts): string[] {
  const { policy, candidates, chosen, size } = facts;
  if ((facts.exclusive ?? 0) > 0 && facts.cappedByArtist + facts.cappedByAlbum === 0)
    return [
      `${count(candidates)} recordings are free, but other lists of the group “${policy.exclusivity.group ?? policy.exclusivity.yieldsTo.join('”, “')}” show ${count(facts.exclusive ?? 0)} of this pool today; only ${count(chosen)} of ${count(size)} could be chosen.`,
    ];
  const { perArtist } = capsOf(policy);
  const isApart = perArtist < policy.caps.perArtist;
  const apart = isApart ? ', so that they can stand apart,' : '';
  const caps = `at most ${perArtist} by an artist${apart} and ${policy.caps.perAlbum} from an album`;
  const culprit = facts.cappedByArtist >= facts.cappedByAlbum ? 'artist' : 'album';
  const turnedAway = Math.max(facts.cappedByArtist, facts.cappedByAlbum);
  return [
    `${count(candidates)} recordings are free, but with ${caps} only ${count(chosen)} fit together; ${count(size)} are needed.`,
    culprit === 'artist' && isApart
      ? `The separation of ${policy.separation.artist} places turned away ${count(turnedAway)}: let tracks by one artist stand closer, or take in music by others.`
      : `The cap per ${culprit} turned away ${count(turnedAway)}: raise it, or take in music by others.`,
  ];
}

function wrongLength({ policy, chosen, lastPlace = 0 }: ShortfallFacts, minutes: number): string[] {
  const wanted = policy.duration;
  if (!wanted) return [];
  if (lastPlace > chosen)
    return [
      `A recording is pinned to place ${lastPlace}, but ${count(wanted.minutes)} minutes make a list of ${count(chosen)}: move it forward, or make the list longer.`,
    ];
  const most = minutes < wanted.minutes && chosen >= policy.size ? ` with the ${count(policy.size)} tracks that it may have at most` : '';
  return [
    `No choice from the free recordings plays ${count(wanted.minutes)} minutes, give or take ${count(wanted.tolerance)}: the nearest plays ${count(minutes)}${most}. Allow more tolerance, another length or more tracks.`,
  ];
}

/** For each part of an "all" pool, how many recordings there would be without it. */
export function countWithoutParts(catalogue: Catalogue, pool: Rule, day: number): { rule: string; pool: number }[] {
  if (!('all' in pool) || pool.all.length > PARTS_TRIED_MAX) return [];
  return pool.all.map((part, index) => {
    const others: Rule = { all: pool.all.filter((_, other) => other !== index) };
    return { rule: describeRule(part), pool: evaluatePool(catalogue, others, day).rows.length };
  });
}

function poolTooSmall({ pool, size, held, unknownExcluded, without }: ShortfallFacts): string[] {
  const parts = without.map((part) => `“${lowerFirst(part.rule)}”`);
  const what =
    parts.length > 1 && parts.length <= 4
      ? `satisfy ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''} at once`
      : 'satisfy the rules of the pool';
  const sentences = [`Only ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'} ${what}; ${count(size - (held ?? 0))} are needed.`];
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
