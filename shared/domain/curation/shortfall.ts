import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { capsOf } from './caps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';

/** Rules that are left out one at a time to find the one to relax. A policy with more parts reports only the counts. */
const PARTS_TRIED_MAX = 24;

/** The counts of a list that could not be filled. */
export interface ShortfallFacts {
  readonly policy: Policy;
  readonly catalog: number;
  readonly pool: number;
  /** In the pool but within their repeat window since an earlier day. */
  readonly resting: number;
  /** In the pool but in other lists of this repeat-window scope on the same day. */
  readonly usedToday: number;
  readonly banned?: number;
  readonly pinnedElsewhere?: number;
  /** In the pool but in another list of the exclusivity group. */
  readonly exclusive?: number;
  readonly candidates: number;
  /** Entries that could be chosen, including those held from the start. */
  readonly chosen: number;
  readonly held?: number;
  readonly size: number;
  readonly cappedByArtist: number;
  readonly cappedByAlbum: number;
  readonly unknownExcluded: number;
  /** The blocks of the mix: slots, filled slots, and recordings that were free for them. */
  readonly blocks?: readonly { readonly name: string; readonly slots: number; readonly filled: number; readonly free: number }[];
  /** Playing time in minutes of a list that is complete except for its playing time; null for every other. */
  readonly minutes?: number | null;
  /** The last pinned position; 0 when nothing is pinned to a position. */
  readonly lastPlace?: number;
  /** How many recordings the pool would have without each of its rules; empty when not calculated. */
  readonly without: readonly { readonly rule: string; readonly pool: number }[];
}

/** Why a list could not be filled: where the recordings went, and which rule to relax. Each entry is one or two sentences. */
export function explainShortfall(facts: ShortfallFacts): string[] {
  const { pool, candidates, chosen, size } = facts;
  const held = facts.held ?? 0;
  if (facts.minutes != null) return wrongLength(facts, facts.minutes);
  if (chosen >= size) return [];
  if (facts.catalog === 0) return ['The catalog is empty. Import albums first.'];
  if (pool < size - held) return poolTooSmall(facts);
  const needed = size - held;
  if (candidates < needed) return tooFewFree(facts, needed);
  const short = shortBlocks(facts);
  return short.length > 0 ? short : cappedOut(facts);
}

function tooFewFree(facts: ShortfallFacts, needed: number): string[] {
  const parts = [
    ...(facts.resting > 0 ? [`${are(facts.resting)} within their repeat window`] : []),
    ...(facts.usedToday > 0 ? [`${are(facts.usedToday)} in another playlist today`] : []),
    ...(facts.banned ? [`${are(facts.banned)} banned`] : []),
    ...(facts.pinnedElsewhere ? [`${are(facts.pinnedElsewhere)} pinned in another playlist`] : []),
  ];
  const where = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
  return [
    `Of the ${count(facts.pool)} recordings that the rules admit, ${where || 'the list has some already'}; ${are(facts.candidates)} free and ${count(needed)} are needed.`,
    ...restRemedy(facts),
  ];
}

function shortBlocks({ blocks = [] }: ShortfallFacts): string[] {
  return blocks
    .filter((block) => block.filled < block.slots)
    .map(({ name, slots, filled, free }) => {
      const why = free < slots - filled ? `only ${are(free)} free` : `caps and other playlists allow ${count(filled)}`;
      return `The mix block “${name}” has ${count(slots)} slots and only ${count(filled)} could be filled: ${why}. Widen its rule or lower its share.`;
    });
}

function cappedOut(facts: ShortfallFacts): string[] {
  const { policy, candidates, chosen, size } = facts;
  if ((facts.exclusive ?? 0) > 0 && facts.cappedByArtist + facts.cappedByAlbum === 0)
    return [
      `${count(candidates)} recordings are free, but other playlists of the group “${policy.exclusivity.group ?? policy.exclusivity.yieldsTo.join('”, “')}” have ${count(facts.exclusive ?? 0)} of this pool today; only ${count(chosen)} of ${count(size)} could be chosen.`,
    ];
  const { perArtist } = capsOf(policy);
  const isLimitedBySeparation = perArtist < policy.caps.perArtist;
  const separation = isLimitedBySeparation ? ' (because of artist separation)' : '';
  const caps = `at most ${perArtist} per artist${separation} and ${policy.caps.perAlbum} per album`;
  const limit = facts.cappedByArtist >= facts.cappedByAlbum ? 'artist' : 'album';
  const rejected = Math.max(facts.cappedByArtist, facts.cappedByAlbum);
  return [
    `${count(candidates)} recordings are free, but with ${caps} only ${count(chosen)} fit together; ${count(size)} are needed.`,
    limit === 'artist' && isLimitedBySeparation
      ? `The artist separation of ${policy.separation.artist} tracks excluded ${count(rejected)}. Lower it, or import music by other artists.`
      : `The cap per ${limit} excluded ${count(rejected)}. Raise it, or import ${limit === 'artist' ? 'music by other artists' : 'more albums'}.`,
  ];
}

function wrongLength({ policy, chosen, lastPlace = 0 }: ShortfallFacts, minutes: number): string[] {
  const wanted = policy.duration;
  if (!wanted) return [];
  if (lastPlace > chosen)
    return [
      `A recording is pinned to position ${lastPlace}, but ${count(wanted.minutes)} minutes are only ${count(chosen)} tracks. Move the pin forward, or make the list longer.`,
    ];
  const most = minutes < wanted.minutes && chosen >= policy.size ? ` with the maximum of ${count(policy.size)} tracks` : '';
  return [
    `No selection of the free recordings plays ${count(wanted.minutes)} ± ${count(wanted.tolerance)} minutes: the closest plays ${count(minutes)}${most}. Allow more tolerance, another playing time or more tracks.`,
  ];
}

/** For each rule of an "all" pool, how many recordings there would be without it. */
export function countWithoutParts(catalog: Catalog, pool: Rule, day: number): { rule: string; pool: number }[] {
  if (!('all' in pool) || pool.all.length > PARTS_TRIED_MAX) return [];
  return pool.all.map((part, index) => {
    const others: Rule = { all: pool.all.filter((_, other) => other !== index) };
    return { rule: describeRule(part), pool: evaluatePool(catalog, others, day).rows.length };
  });
}

function poolTooSmall({ pool, size, held, unknownExcluded, without }: ShortfallFacts): string[] {
  const parts = without.map((part) => `“${lowerFirst(part.rule)}”`);
  const what =
    parts.length > 1 && parts.length <= 4
      ? `match ${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''} together`
      : 'match the rules of the pool';
  const sentences = [`Only ${count(pool)} ${pool === 1 ? 'recording' : 'recordings'} ${what}; ${count(size - (held ?? 0))} are needed.`];
  const [best] = without.toSorted((a, b) => b.pool - a.pool);
  if (best && best.pool > pool) sentences.push(`Without “${lowerFirst(best.rule)}” there would be ${count(best.pool)}.`);
  if (unknownExcluded > 0) {
    sentences.push(`${count(unknownExcluded)} more are left out only because a value is unknown.`);
  }
  return sentences;
}

function restRemedy({ policy, pool }: ShortfallFacts): string[] {
  const { days, scope } = policy.rest;
  const daily = Math.floor(pool / Math.max(1, days));
  const who = { network: 'all playlists together', policy: 'all playlists with this policy together', playlist: 'this playlist' }[scope];
  if (days < 2) return ['Widen the rules or import more albums.'];
  return [
    `With a repeat window of ${days} days this pool provides about ${count(daily)} tracks per day for ${who}. Widen the rules, shorten the repeat window or import more albums.`,
  ];
}

function are(number: number): string {
  return number === 1 ? '1 is' : `${count(number)} are`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
