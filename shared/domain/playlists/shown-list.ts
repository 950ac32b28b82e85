import type { AccountCopy, ListEdits, ShownCopy, ShownList } from '#shared/contracts/playlists/shown-list.ts';
import { chooseCopy, sameShown } from './choose-copy.ts';
import type { CopyState } from './copy-state.ts';
import { findListEdits } from './list-edits.ts';

/** The tracks that an answer may need, by day and by the side of a plan that shows them. */
export interface ShownTracks {
  readonly list: (day: string) => readonly string[];
  readonly plan: (content: NonNullable<CopyState['content']>) => readonly (string | null)[];
}

/** The day asked for, and the day whose list it should show: an earlier one while it is rolled back, applied or not. */
export interface WantedDay {
  readonly day: string;
  readonly listDay: string;
}

/** The day whose list a day is about: an earlier one that was shown again that day, else the day's own, whether or not it is shown. */
export function listDayOn(day: string, shown: Pick<ShownList, 'status' | 'day' | 'listDay'> | undefined): string {
  return shown?.status === 'shown' && shown.day === day ? (shown.listDay ?? day) : day;
}

export interface CopyOnDay {
  readonly accountId: string;
  readonly account: string;
  readonly isReadable: boolean;
  readonly state: CopyState;
}

/** The days whose tracks are compared with what a copy shows: none when it is known to show the day's own list as it is. */
export function comparedDays({ status, content, day, listDay }: CopyState, wanted: WantedDay): readonly string[] {
  const isOpen = status === 'shown' && day !== null && listDay !== null && (content !== null || day < wanted.day);
  return isOpen ? [...new Set([listDay, wanted.day, wanted.listDay])] : [];
}

/** What Spotify shows of one playlist on one day, from its copies; undefined when it has none. */
export function answerShown(
  copies: readonly CopyOnDay[],
  {
    wanted,
    tracks,
    rollback,
  }: { readonly wanted: WantedDay; readonly tracks: ShownTracks; readonly rollback: (day: string) => Rollback | undefined },
): ShownList | undefined {
  const resolved = copies.map(({ state, ...account }) => ({ ...account, plannedBy: state.plannedBy, ...resolveCopy(state, { wanted, tracks }) }));
  const chosen = chooseCopy(resolved, wanted);
  if (!chosen) return undefined;
  const { plannedBy, accountId: _id, account: _name, isReadable: _readable, ...shown } = chosen;
  return {
    ...shown,
    copies: resolved.map(({ plannedBy: _by, ...copy }): AccountCopy => ({ ...copy, isSame: sameShown(copy, chosen) })),
    rollback: rollbackOf(shown, plannedBy, rollback),
  };
}

interface Rollback {
  readonly shows: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** A rollback that was ended but is still shown has no row any more: then its plan names who wrote it. */
function rollbackOf(
  { day, listDay, since }: ShownCopy,
  plannedBy: string | null,
  stored: (day: string) => Rollback | undefined,
): ShownList['rollback'] {
  if (day === null || listDay === null || listDay === day) return null;
  const row = stored(day);
  if (row?.shows === listDay) return { by: row.by, at: row.at, reason: row.reason };
  return { by: plannedBy ?? 'system', at: since ?? `${day}T00:00:00.000Z`, reason: null };
}

/** Compares what is shown with the list that it is. Where several lists may be meant, it is the one with the fewest differences. */
function resolveCopy(state: CopyState, { wanted, tracks }: { readonly wanted: WantedDay; readonly tracks: ShownTracks }): ShownCopy {
  const { status, day, listDay, since, readAt, unconfirmedSince, content } = state;
  const known: ShownCopy = { status, day, listDay, since, readAt, unconfirmedSince, edits: null };
  if (status !== 'shown' || day === null || listDay === null) return known;
  if (content === null) {
    const isDaysOwn = day < wanted.day && tracks.list(wanted.day).length > 0 && tracks.list(wanted.day).join() === tracks.list(listDay).join();
    return isDaysOwn ? { ...known, day: wanted.day, listDay: wanted.day } : known;
  }
  const shown = tracks.plan(content);
  const edits = findListEdits(shown, tracks.list(listDay));
  if (day >= wanted.day || tracks.list(wanted.listDay).length === 0) return { ...known, edits };
  const others = findListEdits(shown, tracks.list(wanted.listDay));
  return countEdits(others) < countEdits(edits) ? { ...known, ...wanted, edits: others } : { ...known, edits };
}

const countEdits = (edits: ListEdits | null): number => (edits === null ? 0 : edits.added.length + edits.removed.length);
