import { dayText } from '#shared/domain/calendar.ts';
import { Caps } from './caps.ts';
import type { Catalogue } from '#shared/domain/catalog/catalog-columns.ts';
import type { DayBoard, Obstacle } from './day-state.ts';
import type { ListOfDay } from './snapshot-draft.ts';

/** A recording that has to be in the list. */
export interface Pin {
  readonly row: number;
  readonly position: number | null;
  readonly by: 'policy' | 'list';
}

/** A pin with the day on which its stay began and the rest that is due after it. */
export interface StandingPin extends Pin {
  readonly firstDay: number;
  readonly restDays: number;
}

/** The pins of a list on a day: those that stand, what keeps others waiting, and what makes the list impossible. */
export interface SettledPins {
  readonly pins: readonly StandingPin[];
  readonly waiting: readonly string[];
  readonly conflicts: readonly string[];
}

/**
 * Settles who is pinned today. A pin of a recording that rests waits, and so does one that another list lets go of today; one that another list
 * of the same circle pins makes this list impossible, as do pins that break a cap, claim one place twice or are banned by the policy that pins them. Nothing is relaxed silently.
 */
export function settlePins(board: DayBoard, list: ListOfDay): SettledPins {
  const wanted = wantedPins(list);
  const waiting: string[] = [];
  const conflicts = contradictions(board.catalogue, list, wanted);
  const previous = board.memory.previous(list.id);
  const running = new Map(previous?.restScope === board.scopeOf(list) ? previous.entries.map((entry) => [entry.row, entry]) : []);
  const pins: StandingPin[] = [];
  for (const pin of wanted) {
    const stay = running.get(pin.row);
    const found = stay
      ? (board.inToday(list, pin.row) ??
        (stay.isOpen ? undefined : board.obstacleOnward(list, pin.row, { from: (previous?.day ?? board.day) + 1, isOpen: true })))
      : board.obstacle(list, pin.row, true);
    const obstacle = found && endingToday(board, { list, row: pin.row }, found);
    if (!obstacle) pins.push({ ...pin, firstDay: stay?.firstDay ?? board.day, restDays: Math.max(list.policy.rest.days, stay?.restDays ?? 0) });
    else if (obstacle.isOpen) conflicts.push(conflictWords(board.catalogue, pin.row, obstacle));
    else waiting.push(waitingWords(board.catalogue, pin.row, obstacle));
  }
  return { pins, waiting, conflicts };
}

/** An obstacle without an end has one where the list whose pin it was pins the recording no longer: that stay ends with its list of today. */
function endingToday(board: DayBoard, { list, row }: { list: ListOfDay; row: number }, obstacle: Obstacle): Obstacle {
  if (!obstacle.isOpen || obstacle.holder) return obstacle;
  const arenas = board.arenasOf(list);
  for (const other of board.lists) {
    const previous = other.id === list.id ? undefined : board.memory.previous(other.id);
    const stay = previous?.entries.find((entry) => entry.row === row && entry.isOpen);
    const shares = previous?.restScope === board.scopeOf(list) || board.arenasOf(other).some((arena) => arenas.includes(arena));
    if (!previous || !stay || !shares || wantedPins(other).some((pin) => pin.row === row)) continue;
    const freeOn = obstacle.kind === 'rest' ? previous.day + stay.restDays : 0;
    return { ...obstacle, isOpen: false, freeOn: Math.max(board.day + 1, freeOn) };
  }
  return obstacle;
}

/** What is pinned, by the policy or for this list alone; what somebody says of one list goes before what its policy says. */
function wantedPins({ refs, marks }: ListOfDay): Pin[] {
  const marked = new Map(marks.map((mark) => [mark.row, mark]));
  const pins = new Map<number, Pin>();
  for (const { row, position } of refs.pins) if (!marked.has(row)) pins.set(row, { row, position, by: 'policy' });
  for (const { row, kind, position } of marks) if (kind === 'pin') pins.set(row, { row, position, by: 'list' });
  return [...pins.values()];
}

function contradictions(catalogue: Catalogue, list: ListOfDay, wanted: readonly Pin[]): string[] {
  const { size, caps } = list.policy;
  const found: string[] = [];
  if (wanted.length > size) found.push(`${wanted.length} recordings are pinned, but the list has room for ${size}: unpin some, or make it longer.`);
  const placed = new Map<number, number>();
  for (const { row, position, by } of wanted) {
    if (by === 'policy' && list.refs.banned?.has(row))
      found.push(`${titleOf(catalogue, row)} is pinned, but its artist, its album or itself is banned: take one of the two away.`);
    if (position === null) continue;
    if (position > size)
      found.push(`${titleOf(catalogue, row)} is pinned to place ${position}, but the list has ${size}: move it, or make the list longer.`);
    const other = placed.get(position);
    if (other !== undefined)
      found.push(`${titleOf(catalogue, other)} and ${titleOf(catalogue, row)} are both pinned to place ${position}: move one of them.`);
    placed.set(position, row);
  }
  const counts = new Caps(catalogue, caps);
  for (const { row } of wanted) {
    const verdict = counts.verdict(row);
    if (verdict !== 'fits') {
      const [kind, limit] = verdict === 'artist_cap' ? ['artist', caps.perArtist] : ['album', caps.perAlbum];
      found.push(
        `The pins have more of one ${kind} than the ${limit} that may be in the list, ${titleOf(catalogue, row)} for one: unpin some, or raise the cap.`,
      );
    }
    counts.add(row);
  }
  return found;
}

function conflictWords(catalogue: Catalogue, row: number, { kind, holder }: Obstacle): string {
  const where = holder ? `“${holder.themeTag}” #${holder.globalIndex}` : 'another list';
  const circle = kind === 'group' ? 'their group shows a recording in one list only' : 'they rest together, so it can stand in one of them only';
  return `${titleOf(catalogue, row)} is pinned here and in ${where}; ${circle}. Take one of the two pins away.`;
}

function waitingWords(catalogue: Catalogue, row: number, { kind, freeOn }: Obstacle): string {
  const why = {
    rest: 'still rests',
    list: 'is in another list today',
    group: 'is in another list of its group',
    later: 'is in a list of a later day',
  }[kind];
  return `${titleOf(catalogue, row)} is pinned but ${why}: it comes in on ${dayText(freeOn)} at the earliest.`;
}

/** A recording's title in quotes where titles were read, its number otherwise. */
export function titleOf(catalogue: Catalogue, row: number): string {
  const title = catalogue.titles?.[row];
  return title ? `“${title}”` : `Recording ${catalogue.recordingIds[row] ?? 0}`;
}
