import type { Caps } from './caps.ts';
import type { Choice } from './ranking.ts';

/** Refused candidates that an exchange is tried with: the best ones; the rest could gain next to nothing. */
const REFUSED_TRIED_MAX = 300;
/** Every round strictly improves the list; few are ever needed. */
const ROUNDS_MAX = 20;
/** Scores are sums of fractions; a gain below this is rounding. */
const GAIN_MIN = 1e-9;

export interface Selection {
  readonly chosen: readonly Choice[];
  /** Turned away by a cap, best first. */
  readonly refused: readonly Choice[];
  readonly caps: Caps;
}

/**
 * Exchanges one chosen track for refused ones that it alone kept out, as long as the list gets longer (up to its size) or better. Where
 * albums nest in artists there is no such exchange; a track with several artists can keep out two that are worth more together.
 */
export function improve(selection: Selection, size: number): Selection {
  let current = selection;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const better = findExchange(current, size);
    if (!better) break;
    current = better;
  }
  return current;
}

function findExchange(selection: Selection, size: number): Selection | undefined {
  const { chosen, caps } = selection;
  for (const [out, freed] of keptOutBy(selection)) {
    if (freed.length < 2) continue;
    caps.remove(out.row);
    const added: Choice[] = [];
    for (const pick of freed) {
      if (!caps.fits(pick.row)) continue;
      caps.add(pick.row);
      added.push(pick);
    }
    const list = byRank([...chosen.filter((pick) => pick !== out), ...added]);
    const kept = list.slice(0, size);
    if (isBetter(kept, chosen)) {
      for (const pick of list.slice(size)) caps.remove(pick.row);
      return { chosen: kept, refused: withoutChosen(selection, kept), caps };
    }
    for (const pick of added) caps.remove(pick.row);
    caps.add(out.row);
  }
  return undefined;
}

/** For each chosen track the refused ones, best first, that would fit if it alone were gone. */
function keptOutBy({ chosen, refused, caps }: Selection): Map<Choice, Choice[]> {
  const holders = new Map<number, Choice[]>();
  for (const pick of chosen) {
    for (const key of caps.keysOf(pick.row)) {
      const known = holders.get(key);
      if (known) known.push(pick);
      else holders.set(key, [pick]);
    }
  }
  const keptOut = new Map<Choice, Choice[]>();
  for (const pick of refused.slice(0, REFUSED_TRIED_MAX)) {
    const full = caps.fullKeysOf(pick.row);
    for (const holder of holders.get(full[0] ?? 0) ?? []) {
      if (!full.every((key) => holders.get(key)?.includes(holder))) continue;
      const known = keptOut.get(holder);
      if (known) known.push(pick);
      else keptOut.set(holder, [pick]);
    }
  }
  return keptOut;
}

function isBetter(list: readonly Choice[], than: readonly Choice[]): boolean {
  if (list.length !== than.length) return list.length > than.length;
  return totalOf(list) > totalOf(than) + GAIN_MIN;
}

function totalOf(picks: readonly Choice[]): number {
  return picks.reduce((sum, pick) => sum + pick.score, 0);
}

function withoutChosen(before: Selection, kept: readonly Choice[]): Choice[] {
  const isKept = new Set(kept);
  return byRank([...before.chosen, ...before.refused].filter((pick) => !isKept.has(pick)));
}

function byRank(picks: readonly Choice[]): Choice[] {
  return picks.toSorted((a, b) => a.rank - b.rank);
}
