import type { Policy, Rule } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, Rejection } from '#shared/contracts/curation/snapshot.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { describeSeparationLimit, capsOf } from '../caps.ts';
import { artistsOf, UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { describeRule, fieldLabel, lowerFirst, formatFieldValue } from '#shared/domain/policies/describe-policy.ts';
import { OPEN_END } from '../repeat-index.ts';
import { holdsFor } from '#shared/domain/policies/pool-trace.ts';
import { explainScore } from '../scoring.ts';
import type { ScoreContext, ScoreParts } from '../scoring.ts';

export { whyLine } from './why-summary.ts';

const ADMITTED_BY_MAX = 5;

export interface EntryFacts {
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly context: ScoreContext;
  readonly row: number;
  /** Rank among the candidates, from 0. */
  readonly rank: number;
  /** Day number, or UNKNOWN_DAY when it was never placed in this repeat-window scope. */
  readonly lastUsed: number;
  /** Day number on which its stay began, if it was in the previous list. */
  readonly staysSince?: number | null;
  readonly pinnedBy?: 'policy' | 'list' | null;
  /** Name of the mix block it fills. */
  readonly block?: string | null;
}

/** Why a recording is in the list, from the same numbers that chose it. */
export function explainEntry(facts: EntryFacts): EntryReasons {
  const { catalog, policy, context, row } = facts;
  const parts = explainScore(catalog, row, { policy, context });
  const total = parts.score || 1;
  const { admittedBy, ...placement } = placementReasons(facts);
  return {
    admittedBy,
    preferences: parts.preferences.map((part) => ({ what: describeMatch(facts, part), share: round(part.share / total), unknown: part.unknown })),
    chance: round(parts.chance / total),
    ...placement,
  };
}

/** The reasons of a placement that do not depend on scores: the rules that admitted it, its repeat window, stay, pin and block. */
export function placementReasons(facts: EntryFacts): Omit<EntryReasons, 'preferences' | 'chance'> {
  const { catalog, policy, context, row } = facts;
  return {
    admittedBy: admitting({ catalog, row, day: context.day }, policy.pool).slice(0, ADMITTED_BY_MAX),
    rank: facts.rank + 1,
    lastUsedOn: facts.lastUsed === UNKNOWN_DAY || facts.lastUsed === OPEN_END ? null : dayText(facts.lastUsed),
    restDays: policy.rest.days,
    ...(facts.staysSince == null ? {} : { staysSince: dayText(facts.staysSince) }),
    ...(facts.pinnedBy == null ? {} : { pinnedBy: facts.pinnedBy }),
    ...(facts.block == null ? {} : { block: facts.block }),
  };
}

const REJECTION_TEXTS: Partial<Record<Rejection, string>> = {
  banned: 'Banned from this playlist.',
  exclusive: 'Another playlist of its group contains it today.',
  left_today: 'It left the playlist today to meet the daily turnover.',
  pinned_elsewhere: 'Pinned in another playlist.',
  song_twice: 'Another recording of the song is in the list.',
  song_recent: 'A recording of the song was in this playlist a few days before.',
};

/** Why a near miss is not in the list, as a sentence. */
export function explainNearMiss(catalog: Catalog, row: number, { why, policy }: { why: Rejection; policy: Policy }): string {
  if (why === 'artist_cap') {
    const names = [...artistsOf(catalog, row)].map((artist) => catalog.artistNames[artist] ?? '').filter((name) => name !== '');
    const who = names.length > 0 ? names.join(' or ') : 'One of its artists';
    return `${who} already has ${tracks(capsOf(policy).perArtist)} in this list, the maximum per artist${describeSeparationLimit(policy)}.`;
  }
  const reason = REJECTION_TEXTS[why];
  if (reason !== undefined) return reason;
  if (why === 'album_cap') return `The list already has ${tracks(policy.caps.perAlbum)} from its album, the maximum per album.`;
  if (policy.version === 2) return 'Other recordings were drawn that day, or suited the list better.';
  return `The ${policy.size} chosen recordings scored higher that day.`;
}

function tracks(count: number): string {
  return `${count} ${count === 1 ? 'track' : 'tracks'}`;
}

/** The rules that admit this recording: every part of an "all", the first matching part of an "any". */
function admitting(recording: Parameters<typeof holdsFor>[0], rule: Rule): string[] {
  if ('all' in rule && rule.all.length > 0) return rule.all.flatMap((part) => admitting(recording, part));
  if ('any' in rule) {
    const match = rule.any.find((part) => holdsFor(recording, part) === true);
    return match ? admitting(recording, match) : [cachedDescription(rule)];
  }
  if (!('field' in rule) || rule.whenUnknown === 'exclude') return [cachedDescription(rule)];
  const description = describeRule({ ...rule, whenUnknown: 'exclude' });
  return [holdsFor(recording, rule) === null ? `${description} (unknown, included)` : description];
}

/** Cached: a day explains tens of thousands of entries by the same few rules. */
const DESCRIPTIONS = new WeakMap<Rule, string>();

function cachedDescription(rule: Rule): string {
  const cached = DESCRIPTIONS.get(rule);
  if (cached !== undefined) return cached;
  const description = describeRule(rule);
  DESCRIPTIONS.set(rule, description);
  return description;
}

function describeMatch({ catalog, row, context }: EntryFacts, part: ScoreParts['preferences'][number]): string {
  const { preference, closeness } = part;
  const name = fieldLabel(preference.field, { isShort: true });
  if (part.unknown) return `${name} unknown`;
  if ('toward' in preference) {
    const value = formatFieldValue(preference.field, catalog.numbers[preference.field][row] ?? Number.NaN);
    // `whyLine` recognizes a missed target by these words.
    return `${name} ${value} (${closeness >= 0.5 ? 'target' : 'far from target'} ${formatFieldValue(preference.field, preference.toward)})`;
  }
  if ('has' in preference) return closeness === 1 ? `${name} ${preference.has} (target)` : `Not ${lowerFirst(name)} ${preference.has}`;
  return describeAge(catalog, row, context.day);
}

/** How long before a day a row with a known release date was released, as a phrase. */
export function describeAge(catalog: Catalog, row: number, day: number): string {
  return `Released ${ageWords(day - (catalog.days.release_date[row] ?? UNKNOWN_DAY))}`;
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
