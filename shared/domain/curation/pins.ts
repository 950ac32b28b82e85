import { dayText } from '#shared/domain/calendar.ts';
import { Caps } from './caps.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { DayState, Obstacle } from './day-state.ts';
import type { ListOfDay } from './snapshot-draft.ts';

/** A recording that must be in the list. */
export interface PlacedPin {
  readonly row: number;
  readonly position: number | null;
  readonly by: 'policy' | 'list';
}

/** A pin in force, with the day on which its stay began and the repeat window that follows it. */
export interface ActivePin extends PlacedPin {
  readonly firstDay: number;
  readonly restDays: number;
}

/** The pins of a list on a day: those in force, why others wait, and the conflicts that make the list impossible. */
export interface ResolvedPins {
  readonly pins: readonly ActivePin[];
  readonly waiting: readonly string[];
  readonly conflicts: readonly string[];
}

/**
 * Determines today's pins. A pin waits while its recording is within its repeat window, or while another list releases it today. The list is impossible
 * when another list in the same conflict scope pins the recording, or when pins exceed a cap, share a position or are banned by the same policy. No rule
 * is relaxed silently.
 */
export function resolvePins(state: DayState, list: ListOfDay): ResolvedPins {
  const wanted = wantedPins(list);
  const waiting: string[] = [];
  const conflicts = contradictions(state.catalog, list, wanted);
  const previous = state.repeatIndex.previous(list.id);
  const running = new Map(previous?.restScope === state.scopeOf(list) ? previous.entries.map((entry) => [entry.row, entry]) : []);
  const pins: ActivePin[] = [];
  for (const pin of wanted) {
    const stay = running.get(pin.row);
    const blocking = stay
      ? (state.heldByAnother(list, pin.row) ??
        (stay.isOpen ? undefined : state.obstacleToStaying(list, pin.row, { from: (previous?.day ?? state.day) + 1, isOpen: true })))
      : state.obstacle(list, pin.row, true);
    const obstacle = blocking && endingToday(state, { list, row: pin.row }, blocking);
    if (!obstacle) pins.push({ ...pin, firstDay: stay?.firstDay ?? state.day, restDays: Math.max(list.policy.rest.days, stay?.restDays ?? 0) });
    else if (obstacle.isOpen) conflicts.push(conflictWords(state.catalog, pin.row, obstacle));
    else waiting.push(waitingWords(state.catalog, pin.row, obstacle));
  }
  return { pins, waiting, conflicts };
}

/** Gives an open obstacle an end when the list that pinned the recording no longer pins it: that stay ends with its list of today. */
function endingToday(state: DayState, { list, row }: { list: ListOfDay; row: number }, obstacle: Obstacle): Obstacle {
  if (!obstacle.isOpen || obstacle.holder) return obstacle;
  const scopes = state.conflictScopesOf(list);
  for (const other of state.lists) {
    const previous = other.id === list.id ? undefined : state.repeatIndex.previous(other.id);
    const stay = previous?.entries.find((entry) => entry.row === row && entry.isOpen);
    const shares = previous?.restScope === state.scopeOf(list) || state.conflictScopesOf(other).some((scope) => scopes.includes(scope));
    if (!previous || !stay || !shares || wantedPins(other).some((pin) => pin.row === row)) continue;
    const freeOn = obstacle.kind === 'rest' ? previous.day + stay.restDays : 0;
    return { ...obstacle, isOpen: false, freeOn: Math.max(state.day + 1, freeOn) };
  }
  return obstacle;
}

/** Pins of the policy and of this list alone. A mark on the list takes precedence over the policy. */
function wantedPins({ refs, marks }: ListOfDay): PlacedPin[] {
  const marked = new Map(marks.map((mark) => [mark.row, mark]));
  const pins = new Map<number, PlacedPin>();
  for (const { row, position } of refs.pins) if (!marked.has(row)) pins.set(row, { row, position, by: 'policy' });
  for (const { row, kind, position } of marks) if (kind === 'pin') pins.set(row, { row, position, by: 'list' });
  return [...pins.values()];
}

function contradictions(catalog: Catalog, list: ListOfDay, wanted: readonly PlacedPin[]): string[] {
  const { size, caps } = list.policy;
  const problems: string[] = [];
  if (wanted.length > size)
    problems.push(`${wanted.length} recordings are pinned, but the list has only ${size} tracks. Unpin some, or make the list longer.`);
  const placed = new Map<number, number>();
  for (const { row, position, by } of wanted) {
    if (by === 'policy' && list.refs.banned?.has(row))
      problems.push(`${titleOf(catalog, row)} is pinned, but the recording, its artist or its album is banned. Remove the pin or the ban.`);
    if (position === null) continue;
    if (position > size)
      problems.push(
        `${titleOf(catalog, row)} is pinned to position ${position}, but the list has only ${size} tracks. Move the pin, or make the list longer.`,
      );
    const other = placed.get(position);
    if (other !== undefined)
      problems.push(`${titleOf(catalog, other)} and ${titleOf(catalog, row)} are both pinned to position ${position}. Move one of them.`);
    placed.set(position, row);
  }
  const counts = new Caps(catalog, caps);
  for (const { row } of wanted) {
    const capCheck = counts.check(row);
    if (capCheck !== 'fits') {
      const [kind, limit] = capCheck === 'artist_cap' ? ['artist', caps.perArtist] : ['album', caps.perAlbum];
      problems.push(`The pins exceed the cap of ${limit} per ${kind}, for example with ${titleOf(catalog, row)}. Unpin some, or raise the cap.`);
    }
    counts.add(row);
  }
  return problems;
}

function conflictWords(catalog: Catalog, row: number, { kind, holder }: Obstacle): string {
  const where = holder ? `“${holder.themeTag}” #${holder.globalIndex}` : 'another playlist';
  const reason = kind === 'group' ? 'they are in one exclusivity group' : 'they share a repeat window';
  return `${titleOf(catalog, row)} is pinned here and in ${where}. Only one of them can have it, because ${reason}. Remove one of the two pins.`;
}

function waitingWords(catalog: Catalog, row: number, { kind, freeOn }: Obstacle): string {
  const why = {
    rest: 'is within its repeat window',
    list: 'is in another playlist today',
    group: 'is in another playlist of its group',
    later: 'is in the list of a later day',
  }[kind];
  return `${titleOf(catalog, row)} is pinned but ${why}. It can play on ${dayText(freeOn)} at the earliest.`;
}

/** A recording's title in quotes if titles are loaded, otherwise its number. */
export function titleOf(catalog: Catalog, row: number): string {
  const title = catalog.titles?.[row];
  return title ? `“${title}”` : `Recording ${catalog.recordingIds[row] ?? 0}`;
}
