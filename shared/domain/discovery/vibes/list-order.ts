import type { VIBE_ORDERS } from '#shared/contracts/discovery/vibe-spec.ts';
import { EFFECTS } from './effects.ts';
import { contentSense, isSense } from './items.ts';
import type { Item } from './items.ts';

type VibeOrder = (typeof VIBE_ORDERS)[number];

export interface ListMovement {
  readonly order: VibeOrder | undefined;
  /** Items that only say how the list moves: they are no wish for every track. */
  readonly moving: ReadonlySet<Item>;
}

/** How far behind "start" or "then" its mood may stand. */
const MOOD_REACH = 6;

/** How a list moves: what gets calmer or wilder, and what stands before and after "then". */
export function readOrder(items: readonly Item[]): ListMovement {
  const has = (sense: string) => items.some((item) => item.kind === 'sense' && item.sense === sense && !item.isNegated);
  const moving = new Set<Item>();
  const turn = turnOf(items, moving);
  const path = turn ?? pathOf(items, moving);
  if (has('arc') || (has('build') && has('windDown'))) return { order: 'arc', moving };
  if (has('build')) return { order: 'rising', moving: withStart(items, moving) };
  if (has('windDown')) return { order: 'falling', moving: withStart(items, moving) };
  if (path !== undefined) return { order: path, moving };
  return { order: has('steady') ? 'flat' : undefined, moving };
}

/** -1 for a quiet mood, 1 for a lively one; undefined for other words. */
function directionOf(item: Item): number | undefined {
  const sense = contentSense(item);
  if (sense === undefined || item.isNegated) return undefined;
  if (sense === 'slow') return -1;
  if (sense === 'fast' || sense === 'danceable') return 1;
  const energy = EFFECTS[sense]?.ranges.find(({ field }) => field === 'energy');
  if (!energy) return undefined;
  const middle = (energy.from + energy.to) / 2;
  return middle < 0.4 ? -1 : middle > 0.6 ? 1 : undefined;
}

function moodAfter(items: readonly Item[], at: number): Item | undefined {
  const cue = items[at];
  return items.slice(at + 1).find((item) => cue && item.from - cue.to <= MOOD_REACH && directionOf(item) !== undefined);
}

/** "…, then calmer songs", "start calm and end wild". */
function turnOf(items: readonly Item[], moving: Set<Item>): VibeOrder | undefined {
  const later = items.findLastIndex((item, at) => isSense(item, 'next', 'end') && moodAfter(items, at) !== undefined);
  const start = items.findIndex((item, at) => isSense(item, 'start') && moodAfter(items, at) !== undefined);
  const last = later >= 0 ? moodAfter(items, later) : undefined;
  const first = start >= 0 ? moodAfter(items, start) : undefined;
  if (last) {
    for (const item of items) if (item.from >= (items[later]?.from ?? 0) && directionOf(item) !== undefined) moving.add(item);
    if (first) moving.add(first);
    return directionOf(last) === 1 ? 'rising' : 'falling';
  }
  if (!first) return undefined;
  moving.add(first);
  return directionOf(first) === 1 ? 'falling' : 'rising';
}

/** "From chill to wild": two moods with "to" between them. */
function pathOf(items: readonly Item[], moving: Set<Item>): VibeOrder | undefined {
  for (let at = 0; at + 2 < items.length; at++) {
    const [first, joining, last] = [items[at], items[at + 1], items[at + 2]];
    if (!first || !joining || !last || !isSense(joining, 'until')) continue;
    const [from, to] = [directionOf(first), directionOf(last)];
    if (from === undefined || to === undefined || from === to) continue;
    moving.add(first);
    moving.add(last);
    return to > from ? 'rising' : 'falling';
  }
  return undefined;
}

/** "Start mellow and build up to something wild": neither mood is of every track. */
function withStart(items: readonly Item[], moving: ReadonlySet<Item>): ReadonlySet<Item> {
  const all = new Set(moving);
  const at = items.findIndex(
    (item) => isSense(item, 'build', 'windDown') || (item.kind === 'sense' && (item.sense === 'build' || item.sense === 'windDown')),
  );
  const start = items.findIndex((item) => isSense(item, 'start'));
  const first = start >= 0 ? moodAfter(items, start) : undefined;
  const last = start >= 0 || items[at]?.kind === 'sense' ? moodAfter(items, at) : undefined;
  if (first) all.add(first);
  if (last && (first || (items[at] && last.from - (items[at]?.to ?? 0) <= 2))) all.add(last);
  return all;
}
