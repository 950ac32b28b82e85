import type { PolicyV1, Rule } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, Rejection } from '#shared/contracts/curation/snapshot.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { apartWords, capsOf } from '../caps.ts';
import { artistsOf, UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import { describeRule, fieldWords, lowerFirst, numberWords } from '#shared/domain/policies/describe-policy.ts';
import { OPEN_END } from '../ledger-memory.ts';
import { holdsFor } from '#shared/domain/policies/pool-trace.ts';
import { explainScore } from '../scoring.ts';
import type { ScoreContext, ScoreParts } from '../scoring.ts';

export { whyLine } from './why-line.ts';

const ADMITTED_BY_MAX = 5;

export interface EntryFacts {
  readonly catalogue: Catalogue;
  readonly policy: PolicyV1;
  readonly context: ScoreContext;
  readonly row: number;
  /** Place in the ranking, from 0. */
  readonly rank: number;
  /** Day number, or UNKNOWN_DAY when it never was in this rest scope. */
  readonly lastUsed: number;
  /** Day number on which its stay began, when it was in the list before. */
  readonly staysSince?: number | null;
  readonly pinnedBy?: 'policy' | 'list' | null;
  /** The part of the mix it fills, by name. */
  readonly block?: string | null;
}

/** Why a recording stands in the list, from the very numbers that chose it. */
export function explainEntry(facts: EntryFacts): EntryReasons {
  const { catalogue, policy, context, row } = facts;
  const parts = explainScore(catalogue, row, { policy, context });
  const total = parts.score || 1;
  return {
    admittedBy: admitting({ catalogue, row, day: context.day }, policy.pool).slice(0, ADMITTED_BY_MAX),
    preferences: parts.preferences.map((part) => ({ what: preferenceWords(facts, part), share: round(part.share / total), unknown: part.unknown })),
    chance: round(parts.chance / total),
    rank: facts.rank + 1,
    lastUsedOn: facts.lastUsed === UNKNOWN_DAY || facts.lastUsed === OPEN_END ? null : dayText(facts.lastUsed),
    restDays: policy.rest.days,
    ...(facts.staysSince == null ? {} : { staysSince: dayText(facts.staysSince) }),
    ...(facts.pinnedBy == null ? {} : { pinnedBy: facts.pinnedBy }),
    ...(facts.block == null ? {} : { block: facts.block }),
  };
}

const KEPT_OUT: Partial<Record<Rejection, string>> = {
  banned: 'It is banned from this list.',
  exclusive: 'Another list of its group shows it today.',
  left_today: 'It left the list today, so that the list changes as much as it should.',
  pinned_elsewhere: 'It is pinned in another list.',
};

/** Why a near miss is not in the list, as a sentence. */
export function explainNearMiss(catalogue: Catalogue, row: number, { why, policy }: { why: Rejection; policy: PolicyV1 }): string {
  if (why === 'artist_cap') {
    const names = [...artistsOf(catalogue, row)].map((artist) => catalogue.artistNames[artist] ?? '').filter((name) => name !== '');
    const who = names.length > 0 ? names.join(' or ') : 'One of its artists';
    return `${who} already has ${capsOf(policy).perArtist} in this list, which is the most an artist may have${apartWords(policy)}.`;
  }
  const reason = KEPT_OUT[why];
  if (reason !== undefined) return reason;
  if (why === 'album_cap') return `The list already has ${policy.caps.perAlbum} from its album, which is the most an album may give.`;
  return `The ${policy.size} chosen scored higher that day.`;
}

/** The parts of the rule that let this recording in: every part of an "all", the first that holds of an "any". */
function admitting(witness: Parameters<typeof holdsFor>[0], rule: Rule): string[] {
  if ('all' in rule && rule.all.length > 0) return rule.all.flatMap((part) => admitting(witness, part));
  if ('any' in rule) {
    const found = rule.any.find((part) => holdsFor(witness, part) === true);
    return found ? admitting(witness, found) : [wordsOf(rule)];
  }
  if (!('field' in rule) || rule.whenUnknown === 'exclude') return [wordsOf(rule)];
  const asked = describeRule({ ...rule, whenUnknown: 'exclude' });
  return [holdsFor(witness, rule) === null ? `${asked} (not known of it, and let pass)` : asked];
}

/** A day explains tens of thousands of entries by the same few rules. */
const WORDS = new WeakMap<Rule, string>();

function wordsOf(rule: Rule): string {
  const known = WORDS.get(rule);
  if (known !== undefined) return known;
  const words = describeRule(rule);
  WORDS.set(rule, words);
  return words;
}

function preferenceWords({ catalogue, row, context }: EntryFacts, part: ScoreParts['preferences'][number]): string {
  const { preference, closeness } = part;
  const name = fieldWords(preference.field);
  if (part.unknown) return `${name} is not known`;
  if ('toward' in preference) {
    const value = numberWords(preference.field, catalogue.numbers[preference.field][row] ?? Number.NaN);
    const near = closeness >= 0.8 ? 'close to' : closeness >= 0.5 ? 'not far from' : 'some way from';
    return `${name} ${value}, ${near} the ${numberWords(preference.field, preference.toward)} this list leans to`;
  }
  if ('has' in preference)
    return closeness === 1 ? `${name} ${preference.has}, which this list leans to` : `Not ${lowerFirst(name)} ${preference.has}`;
  const released = catalogue.days.release_date[row] ?? UNKNOWN_DAY;
  return `Released ${ageWords(context.day - released)}`;
}

function ageWords(days: number): string {
  if (days < 1) return 'today';
  if (days < 60) return `${days} ${days === 1 ? 'day' : 'days'} ago`;
  const years = Math.round(days / 365.25);
  return days < 700 ? `${Math.round(days / 30.44)} months ago` : `${years} years ago`;
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
