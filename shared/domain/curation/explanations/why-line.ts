import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { hashText } from '#shared/domain/hash.ts';

export interface WhyContext {
  /** The snapshot's day. */
  readonly day: string;
  /** Sets lines of one list apart: the recording's id, for instance. */
  readonly recordingId?: number;
  /** Where it rests, in words; "here" when left out. */
  readonly where?: string;
}

/** One plain line: the strongest fact first, then when it was last heard. Same reasons, same line. */
export function whyLine(reasons: EntryReasons, context: WhyContext): string {
  const turn = hashText(`${context.recordingId ?? ''} ${reasons.rank}`);
  if (reasons.pinnedBy !== undefined)
    return `${reasons.pinnedBy === 'policy' ? 'Pinned by the rules of this list' : 'Pinned to this list'}; ${stay(reasons)}.`;
  if (reasons.staysSince !== undefined) return `${strongestFact(reasons, turn)}; ${stay(reasons)}.`;
  return `${strongestFact(reasons, turn)}; ${lastHeard(reasons, context, turn)}.`;
}

function stay({ staysSince }: EntryReasons): string {
  return staysSince === undefined ? 'from today on' : `in the list since ${staysSince}`;
}

function strongestFact(reasons: EntryReasons, turn: number): string {
  const best = reasons.preferences.filter((preference) => !preference.unknown && isPull(preference.what)).toSorted((a, b) => b.share - a.share)[0];
  if (best && best.share >= reasons.chance * 0.6) return best.what;
  if (reasons.rank <= 3) return `${ORDINALS[reasons.rank - 1] ?? 'Top'} of everything that could play today`;
  if (reasons.block !== undefined && best === undefined) return `For the part “${reasons.block}” of the mix, ${pickOf(AND_DRAWN, turn >>> 8)}`;
  const rules = reasons.admittedBy.filter((rule) => rule !== 'Every recording in the catalogue');
  const rule = rules[turn % Math.max(1, rules.length)];
  if (rule === undefined) return best?.what ?? pickOf(DRAWN, turn);
  return `${rule}, ${pickOf(AND_DRAWN, turn >>> 8)}`;
}

/** Phrases that say what a track lacks are no reason for it. */
function isPull(what: string): boolean {
  return !what.startsWith('Not ') && !what.includes('some way from');
}

const ORDINALS = ['First', 'Second', 'Third'];
const DRAWN = ['Drawn for variety', 'A free draw from the whole catalogue', 'Its turn in the daily draw'] as const;
const AND_DRAWN = ['and its turn in the draw', 'and drawn for variety', 'and today’s draw favoured it'] as const;

function lastHeard(reasons: EntryReasons, { day, where = 'here' }: WhyContext, turn: number): string {
  if (reasons.lastUsedOn === null) return pickOf([`never ${where} before`, `its first time ${where}`, `new ${where}`], turn >>> 16);
  const days = dayNumber(day) - dayNumber(reasons.lastUsedOn);
  const ago = days === 1 ? 'yesterday' : `${days} days ago`;
  return pickOf([`last heard ${where} ${ago}`, `last ${where} ${ago}`, `rested since it was ${where} ${ago}`], turn >>> 16);
}

function pickOf(words: readonly string[], turn: number): string {
  return words[turn % words.length] ?? '';
}
