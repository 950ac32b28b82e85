import type { Deps } from '#server/deps.ts';
import { findFaceOf, listHistoryDays, listShownOn } from '#server/repos/playlists/playlist-history.ts';
import { listTrackIds } from '#server/repos/curation/snapshots-read.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { HistoryDay, HistoryView } from '#shared/contracts/playlists/history.ts';
import type { PlaylistInput } from '#shared/contracts/playlists/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { requirePlaylistOf } from './require-day.ts';
import { trackLinesOf } from './track-lines.ts';

/** The mark by which sync finds a playlist again; it is nobody's reading. */
const MARK_AT_END = / ?segue:[0-9a-f]+$/;

/** Every day of a playlist, and one of them as it was: tracks, order, title, description, and what stood on each account. Throws `not_found`. */
export async function viewHistory(deps: Pick<Deps, 'db' | 'now'>, input: PlaylistInput): Promise<HistoryView> {
  const playlist = await requirePlaylistOf(deps, input.index);
  const days = await listHistoryDays(deps.db, playlist.id);
  const asked = input.day === undefined ? days.find(({ status }) => status === 'published') : days.find(({ day }) => day === input.day);
  return {
    index: playlist.globalIndex,
    themeTag: playlist.themeTag,
    today: dayOf(deps.now()),
    days,
    shown: asked?.status === 'published' ? await dayAsItWas(deps, playlist, asked) : null,
  };
}

async function dayAsItWas(deps: Pick<Deps, 'db'>, playlist: CuratedPlaylist, { day, shows }: HistoryDay): Promise<NonNullable<HistoryView['shown']>> {
  const listDay = shows ?? day;
  const [ids, face, shownOn] = await Promise.all([
    listTrackIds(deps.db, playlist.id, listDay),
    findFaceOf(deps.db, playlist.id, day),
    listShownOn(deps.db, playlist.id, day),
  ]);
  const lineOf = await trackLinesOf(deps, { playlistId: playlist.id, day: listDay, ids });
  const [first] = shownOn;
  // Rolled back, what stood on Spotify said so; the day's own words are those of the list that it did not show.
  const words = shows !== null && first ? { name: first.name, description: first.description.replace(MARK_AT_END, '') } : face;
  return {
    day,
    name: words?.name ?? first?.name ?? null,
    description: words?.description ?? first?.description ?? null,
    shows,
    tracks: ids.map((id, at) => ({ ...lineOf(id), position: at + 1 })),
    accounts: shownOn.map(({ account, name, tracks, byHand, appliedAt }) => ({ account, name, tracks, byHand, appliedAt: appliedAt.toISOString() })),
  };
}
