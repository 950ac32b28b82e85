import type { Deps } from '#server/deps.ts';
import { findDayDetails, listHistoryDays, listShownOn } from '#server/repos/playlists/playlist-history.ts';
import { listTrackIds } from '#server/repos/curation/snapshots-read.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { HistoryDay, HistoryView } from '#shared/contracts/playlists/history.ts';
import type { PlaylistInput } from '#shared/contracts/playlists/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { requirePlaylist } from './require-day.ts';
import { loadTrackLines } from './track-lines.ts';

/** The marker by which sync identifies a playlist; not shown to people. */
const MARKER_AT_END = / ?segue:[0-9a-f]+$/;

/** Every day of a playlist, and one of them as it was: tracks, order, title, description, and what each account showed. Throws `not_found`. */
export async function viewHistory(deps: Pick<Deps, 'db' | 'now'>, input: PlaylistInput): Promise<HistoryView> {
  const playlist = await requirePlaylist(deps, input.index);
  const days = await listHistoryDays(deps.db, playlist.id);
  const selected = input.day === undefined ? days.find(({ status }) => status === 'published') : days.find(({ day }) => day === input.day);
  return {
    index: playlist.globalIndex,
    themeTag: playlist.themeTag,
    today: dayOf(deps.now()),
    days,
    shown: selected?.status === 'published' ? await dayAsItWas(deps, playlist, selected) : null,
  };
}

async function dayAsItWas(deps: Pick<Deps, 'db'>, playlist: CuratedPlaylist, { day, shows }: HistoryDay): Promise<NonNullable<HistoryView['shown']>> {
  const listDay = shows ?? day;
  const [ids, storedDetails, shownOn] = await Promise.all([
    listTrackIds(deps.db, playlist.id, listDay),
    findDayDetails(deps.db, playlist.id, day),
    listShownOn(deps.db, playlist.id, day),
  ]);
  const lineOf = await loadTrackLines(deps, { playlistId: playlist.id, day: listDay, ids });
  const [first] = shownOn;
  // On a rolled-back day, Spotify showed other details than those stored with the day's own list.
  const details = shows !== null && first ? { name: first.name, description: first.description.replace(MARKER_AT_END, '') } : storedDetails;
  return {
    day,
    name: details?.name ?? first?.name ?? null,
    description: details?.description ?? first?.description ?? null,
    shows,
    tracks: ids.map((id, at) => ({ ...lineOf(id), position: at + 1 })),
    accounts: shownOn.map(({ account, name, tracks, manualAdditions: addedOnSpotify, appliedAt }) => ({
      account,
      name,
      tracks,
      addedOnSpotify,
      appliedAt: appliedAt.toISOString(),
    })),
  };
}
