import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { hashText } from '#shared/domain/hash.ts';

export interface WhyContext {
  /** The snapshot's day. */
  readonly day: string;
  /** Selects which of several rules is named. */
  readonly recordingId?: number;
  /** The scope of the repeat window as text; "here" by default. */
  readonly where?: string;
}

/** One line: the strongest reason, then when it was last played. Same reasons, same line. */
export function whyLine(reasons: EntryReasons, context: WhyContext): string {
  const turn = hashText(`${context.recordingId ?? ''} ${reasons.rank}`);
  if (reasons.pinnedBy !== undefined)
    return `${reasons.pinnedBy === 'policy' ? 'Pinned by the policy' : 'Pinned to this playlist'}; ${stay(reasons)}.`;
  if (reasons.equals !== undefined)
    return `${drawnWords(reasons, reasons.equals)}; ${reasons.staysSince === undefined ? lastPlayed(reasons, context) : stay(reasons)}.`;
  if (reasons.staysSince !== undefined) return `${strongestReason(reasons, turn)}; ${stay(reasons)}.`;
  return `${strongestReason(reasons, turn)}; ${lastPlayed(reasons, context)}.`;
}

/** The decisive fact, among how many equals the lot decided, and what it does for the list. */
function drawnWords({ decisive, exchange }: EntryReasons, equals: number): string {
  const lot = `drawn by lot among ${equals.toLocaleString('en')} equals`;
  const drawn = decisive ? `${decisive.what}, ${lot}` : `${lot.charAt(0).toUpperCase()}${lot.slice(1)}`;
  return exchange === undefined ? drawn : `${drawn}; ${exchange}`;
}

function stay({ staysSince }: EntryReasons): string {
  return staysSince === undefined ? 'from today on' : `in the list since ${staysSince}`;
}

function strongestReason(reasons: EntryReasons, turn: number): string {
  const best = reasons.preferences.filter((preference) => !preference.unknown && isMet(preference.what)).toSorted((a, b) => b.share - a.share)[0];
  if (best && best.share >= reasons.chance * 0.6) return best.what;
  if (reasons.rank <= 3) return `Ranked ${ORDINALS[reasons.rank - 1] ?? reasons.rank} of all candidates`;
  if (reasons.block !== undefined && best === undefined) return `In the mix block “${reasons.block}”, picked for variety`;
  const rules = reasons.admittedBy.filter((rule) => !/^Every recording in the catalog(?:ue)?$/.test(rule));
  const rule = rules[turn % Math.max(1, rules.length)];
  if (rule === undefined) return best?.what ?? 'Picked for variety';
  return `${rule}, picked for variety`;
}

/** Whether a preference is met: a missed one is no reason. Stored reasons may have the older wording "some way from". */
function isMet(what: string): boolean {
  return !what.startsWith('Not ') && !/\(far from target|some way from/.test(what);
}

const ORDINALS = ['1st', '2nd', '3rd'];

function lastPlayed(reasons: EntryReasons, { day, where = 'here' }: WhyContext): string {
  if (reasons.lastUsedOn === null) return `first time ${where}`;
  const days = dayNumber(day) - dayNumber(reasons.lastUsedOn);
  return `last played ${where} ${days === 1 ? 'yesterday' : `${days} days ago`}`;
}
