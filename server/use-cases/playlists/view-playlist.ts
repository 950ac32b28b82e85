import type { Deps } from '#server/deps.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listReplicaRows, listEntries, listLatestSnapshots, listSnapshotDays, listSnapshotsOfDays } from '#server/repos/playlists/network-views.ts';
import { findPlaylistCover } from '#server/repos/sync/playlist-covers.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { PlaylistPageInput } from '#shared/contracts/playlists/network.ts';
import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { dayOf } from '#shared/domain/days.ts';
import { playlistDescription, playlistName } from '#shared/domain/curation/naming.ts';
import { AppError } from '#shared/errors.ts';
import { certify } from './certify-snapshot.ts';
import { toCard } from './playlist-card.ts';
import { describeShownList, orderAsShown } from './presented-list.ts';
import { readDayShown } from './read-day-shown.ts';
import type { DayShown } from './read-day-shown.ts';

/** Days in the day picker. */
const DAYS_SHOWN = 60;

/**
 * One playlist on one day (now by default): the tracks that Spotify shows with their reasons, the certificate, and the rules. Where Spotify shows
 * nothing, or the list made for the day is asked for, it is about that list and says so. Throws `not_found`.
 */
export async function viewPlaylist(deps: Pick<Deps, 'db' | 'now' | 'settings'>, input: PlaylistPageInput): Promise<PlaylistView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  if (!playlist || playlist.status === 'retired') {
    throw new AppError('not_found', { message: `There is no playlist #${input.index}.`, remedy: 'Go back to the network and choose one.' });
  }
  const today = dayOf(deps.now());
  const asked = input.day ?? today;
  const [[latest], days, statuses, copies, dayShown, cover] = await Promise.all([
    listLatestSnapshots(deps.db, asked, playlist.id),
    listSnapshotDays(deps.db, playlist.id, DAYS_SHOWN),
    listSnapshotStatuses(deps.db, today),
    listReplicaRows(deps.db, playlist.id),
    readDayShown(deps, playlist.id, asked),
    findPlaylistCover(deps.db, playlist.id),
  ]);
  const { day, listDay, isPresented } = presented(input, latest?.day, dayShown);
  const [list, rows] =
    listDay === undefined
      ? [latest, []]
      : await Promise.all([
          listDay === latest?.day ? latest : listSnapshotsOfDays(deps.db, [{ playlistId: playlist.id, day: listDay }]).then(([one]) => one ?? latest),
          listEntries(deps.db, playlist.id, listDay),
        ]);
  // The same answer, about the list that is presented.
  const about: DayShown = { ...dayShown, listDay: listDay ?? asked, repeats: isPresented ? dayShown.repeats : [] };
  const certificate = day && rows.length > 0 ? await certify(deps, playlist, { day, entries: rows, dayShown: about }) : null;
  const rules = describePolicy(playlist.policy);
  const naming = { themeTag: playlist.themeTag, globalIndex: playlist.globalIndex, day: day ?? today };
  return {
    today,
    card: toCard(playlist, {
      today,
      list,
      shown: dayShown.shown,
      repeats: certificate?.violations ?? 0,
      daysOnRecord: certificate?.daysOnRecord ?? 0,
      todayStatus: statuses.get(playlist.id),
      cover,
    }),
    name: playlistName(deps.settings.playlistNameTemplate, naming),
    description: playlist.blurb ?? playlistDescription({ size: rows.length, restDays: playlist.policy.rest.days, rules, marker: '' }).trim(),
    days: days.map(({ day: on, status }) => ({ day: on, status })),
    shows: isPresented && listDay !== day ? (listDay ?? null) : null,
    shown: describeShownList(about, { isPresented, presentedDay: day ?? null, newestDay: latest?.day ?? null }),
    entries: orderAsShown(rows, { about, isPresented, spotifyWebUrl: deps.settings.spotifyWebUrl }),
    certificate,
    rules,
    report: (list?.day === listDay ? list?.report : undefined) ?? days.find((row) => row.day === day)?.report ?? null,
    replicas: copies.map(({ spotifyPlaylistId, ...copy }) => ({
      ...copy,
      spotifyUrl: spotifyPlaylistId ? `${deps.settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}` : null,
    })),
  };
}

interface Presented {
  readonly day: string | undefined;
  readonly listDay: string | undefined;
  readonly isPresented: boolean;
}

/** What the page is about. A day that has no list is asked for in order to see why. */
function presented({ day, list }: PlaylistPageInput, latestDay: string | undefined, { shown }: DayShown): Presented {
  const made = day ?? latestDay;
  const isOwnShown = shown?.status === 'shown' && shown.day === made && shown.listDay === made;
  const isAboutMade = (list === 'made' && !isOwnShown) || (day !== undefined && latestDay !== day);
  if (isAboutMade || shown?.status !== 'shown' || shown.day === null || shown.listDay === null) {
    return { day: made, listDay: made, isPresented: false };
  }
  return { day: shown.day, listDay: shown.listDay, isPresented: true };
}
