import type { Deps } from '#server/deps.ts';
import { findDayDetails, listHistoryDays, listWrittenDetails } from '#server/repos/playlists/playlist-history.ts';
import { findListOverride } from '#server/repos/curation/list-overrides.ts';
import { listTrackIds } from '#server/repos/curation/snapshots-read.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { HistoryDay, HistoryView } from '#shared/contracts/playlists/history.ts';
import type { PlaylistInput } from '#shared/contracts/playlists/network.ts';
import type { ShownList } from '#shared/contracts/playlists/shown-list.ts';
import { dayOf } from '#shared/domain/days.ts';
import { nameEdits } from '../read-day-shown.ts';
import { readShown } from '../read-shown.ts';
import { requirePlaylist } from './require-day.ts';
import { loadTrackLines } from './track-lines.ts';

/** The marker by which sync identifies a playlist; not shown to people. */
const MARKER_AT_END = / ?segue:[0-9a-f]+$/;

/** Every day of a playlist, and one of them as it was: tracks, order, title, description, and what each account showed. Throws `not_found`. */
export async function viewHistory(deps: Pick<Deps, 'db' | 'now'>, input: PlaylistInput): Promise<HistoryView> {
  const playlist = await requirePlaylist(deps, input.index);
  const today = dayOf(deps.now());
  const made = await listHistoryDays(deps.db, playlist.id);
  const [shownDays, rollback] = await Promise.all([
    readShown(deps, { days: [...new Set([today, ...made.map(({ day }) => day)])], playlistId: playlist.id }),
    findListOverride(deps.db, playlist.id, today),
  ]);
  const shownOn = (day: string) => shownDays.get(day)?.get(playlist.id);
  const days = made.map((one): HistoryDay => ({ ...one, ...placeOnSpotify(one.day, shownOn(one.day)) }));
  const selected = input.day === undefined ? days.find(({ status }) => status === 'published') : days.find(({ day }) => day === input.day);
  return {
    index: playlist.globalIndex,
    themeTag: playlist.themeTag,
    today,
    days,
    shown: selected?.status === 'published' ? await dayAsItWas(deps, playlist, { selected, shown: shownOn(selected.day) }) : null,
    rollback: rollbackState(rollback?.showsBatchTag, placeOnSpotify(today, shownOn(today)).shows),
  };
}

function rollbackState(stored: string | undefined, shows: string | null): HistoryView['rollback'] {
  if (stored !== undefined) return { state: stored === shows ? 'shown' : 'planned', listDay: stored };
  return shows === null ? null : { state: 'ending', listDay: shows };
}

function placeOnSpotify(day: string, shown: ShownList | undefined): Pick<HistoryDay, 'shows' | 'onSpotify'> {
  if (shown?.status !== 'shown') return { shows: null, onSpotify: shown?.status ?? 'nowhere' };
  if (shown.day !== day) return { shows: null, onSpotify: 'earlier' };
  return shown.listDay === day ? { shows: null, onSpotify: 'own' } : { shows: shown.listDay, onSpotify: 'again' };
}

async function dayAsItWas(
  deps: Pick<Deps, 'db'>,
  playlist: CuratedPlaylist,
  { selected: { day, shows, onSpotify }, shown }: { selected: HistoryDay; shown: ShownList | undefined },
): Promise<NonNullable<HistoryView['shown']>> {
  const listDay = shows ?? day;
  const [ids, storedDetails, written] = await Promise.all([
    listTrackIds(deps.db, playlist.id, listDay),
    findDayDetails(deps.db, playlist.id, day),
    listWrittenDetails(deps.db, playlist.id, day),
  ]);
  const lineOf = await loadTrackLines(deps, { playlistId: playlist.id, day: listDay, ids });
  const [first] = written;
  // On a rolled-back day, Spotify showed other details than those stored with the day's own list.
  const details = shows !== null && first ? { name: first.name, description: first.description.replace(MARKER_AT_END, '') } : storedDetails;
  const nameOf = new Map(written.map(({ accountId, name }) => [accountId, name]));
  return {
    day,
    name: details?.name ?? first?.name ?? null,
    description: details?.description ?? first?.description.replace(MARKER_AT_END, '') ?? null,
    shows,
    onSpotify,
    tracks: ids.map((id, at) => ({ ...lineOf(id), position: at + 1 })),
    edits: await nameEdits(deps, shown?.status === 'shown' && shown.listDay === listDay ? shown.edits : null),
    accounts: (shown?.copies ?? [])
      .filter(({ status }) => status !== 'nowhere')
      .map(({ accountId, edits, isSame: _same, ...copy }) => ({
        ...copy,
        name: nameOf.get(accountId) ?? null,
        tracks: edits?.uris.length ?? (copy.listDay === listDay ? ids.length : null),
        added: edits?.added.length ?? 0,
        removed: edits?.removed.length ?? 0,
      })),
  };
}
