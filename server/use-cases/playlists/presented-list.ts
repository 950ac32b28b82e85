import type { EntryRow } from '#server/repos/playlists/network-views.ts';
import type { EntryView, PlaylistShownView } from '#shared/contracts/playlists/playlist-views.ts';
import { whyLine } from '#shared/domain/curation/explanations/explain.ts';
import { certifiedShown } from './read-day-shown.ts';
import type { DayShown } from './read-day-shown.ts';

/** What Spotify shows, for the page: with every account, and with the newer list that is not shown. */
export function describeShownList(
  about: DayShown,
  { isPresented, presentedDay, newestDay }: { isPresented: boolean; presentedDay: string | null; newestDay: string | null },
): PlaylistShownView {
  const { accounts: _same, otherAccounts: _others, ...facts } = certifiedShown(about);
  const { shown } = about;
  return {
    ...facts,
    added: isPresented ? facts.added : [],
    removed: isPresented ? facts.removed : [],
    isReordered: isPresented && facts.isReordered,
    day: shown?.day ?? null,
    isPresented,
    waitingDay: isPresented && newestDay !== null && presentedDay !== null && newestDay > presentedDay ? newestDay : null,
    rollback: shown?.rollback ?? null,
    copies: (shown?.copies ?? []).map(({ edits, ...copy }) => ({ ...copy, isEdited: edits !== null })),
  };
}

/** The entries of a list as Spotify shows them: in its order and with its positions, without those that were removed there. */
export function orderAsShown(
  rows: readonly EntryRow[],
  { about, isPresented, spotifyWebUrl }: { about: DayShown; isPresented: boolean; spotifyWebUrl: string },
): EntryView[] {
  const { shown, listDay, repeats } = about;
  const repeatOf = new Map(repeats.map(({ position, lastShownOn, restsUntil }) => [position, { lastShownOn, restsUntil }]));
  const entries = rows.map(({ placementId: _placement, firstDay: _first, restsUntil: _rests, ...row }): EntryView => ({
    ...row,
    why: whyLine(row.reasons, { day: listDay, recordingId: row.recordingId }),
    spotifyUrl: `${spotifyWebUrl}/track/${row.trackId}`,
    repeat: repeatOf.get(row.position) ?? null,
  }));
  const uris = isPresented ? shown?.edits?.uris : undefined;
  if (!uris) return entries;
  const at = (entry: EntryView) => uris.indexOf(`spotify:track:${entry.trackId}`);
  const visible = entries.filter((entry) => at(entry) >= 0).map((entry) => ({ ...entry, position: at(entry) + 1 }));
  return visible.toSorted((one, other) => one.position - other.position);
}
