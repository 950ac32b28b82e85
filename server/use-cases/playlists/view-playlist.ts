import type { Deps } from '#server/deps.ts';
import { findListOverride } from '#server/repos/curation/list-overrides.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { countRepeats, listReplicaRows, listEntries, listLatestSnapshots, listSnapshotDays } from '#server/repos/playlists/network-views.ts';
import type { EntryRow } from '#server/repos/playlists/network-views.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { PlaylistInput } from '#shared/contracts/playlists/network.ts';
import type { EntryView, PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { whyLine } from '#shared/domain/curation/explanations/explain.ts';
import { dayOf } from '#shared/domain/days.ts';
import { playlistDescription, playlistName } from '#shared/domain/curation/naming.ts';
import { AppError } from '#shared/errors.ts';
import { certify } from './certify-snapshot.ts';
import { toCard } from './playlist-card.ts';

/** Days in the day picker. */
const DAYS_SHOWN = 60;

/** One playlist on one day (its newest list by default): every track with its reasons, the certificate, and the rules. Throws `not_found`. */
export async function viewPlaylist(deps: Pick<Deps, 'db' | 'now' | 'settings'>, input: PlaylistInput): Promise<PlaylistView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  if (!playlist || playlist.status === 'retired') {
    throw new AppError('not_found', { message: `There is no playlist #${input.index}.`, remedy: 'Go back to the network and choose one.' });
  }
  const today = dayOf(deps.now());
  const upTo = input.day ?? today;
  const [[latest], days, statuses, copies, repeats] = await Promise.all([
    listLatestSnapshots(deps.db, upTo, playlist.id),
    listSnapshotDays(deps.db, playlist.id, DAYS_SHOWN),
    listSnapshotStatuses(deps.db, today),
    listReplicaRows(deps.db, playlist.id),
    countRepeats(deps.db, playlist.id, { day: upTo, days: Math.max(1, playlist.policy.rest.days) }),
  ]);
  const day = input.day ?? latest?.day;
  const entries = day ? await listEntries(deps.db, playlist.id, day) : [];
  const override = day ? await findListOverride(deps.db, playlist.id, day) : undefined;
  const rules = describePolicy(playlist.policy);
  const naming = { themeTag: playlist.themeTag, globalIndex: playlist.globalIndex, day: day ?? today };
  return {
    card: toCard(playlist, {
      today,
      latest,
      repeats,
      todayStatus: statuses.get(playlist.id),
    }),
    name: playlistName(deps.settings.playlistNameTemplate, naming),
    description: playlist.blurb ?? playlistDescription({ size: entries.length, restDays: playlist.policy.rest.days, rules, marker: '' }).trim(),
    days: days.map(({ day: on, status }) => ({ day: on, status })),
    shows: override?.showsBatchTag ?? null,
    entries: entries.map((entry) => toEntry(entry, day ?? today, deps.settings.spotifyWebUrl)),
    certificate: day && entries.length > 0 ? await certify(deps, playlist, { day, entries }) : null,
    rules,
    report: days.find((row) => row.day === day)?.report ?? null,
    replicas: copies.map(({ spotifyPlaylistId, ...copy }) => ({
      ...copy,
      spotifyUrl: spotifyPlaylistId ? `${deps.settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}` : null,
    })),
  };
}

function toEntry(row: EntryRow, day: string, spotifyWebUrl: string): EntryView {
  const { placementId: _placement, firstDay: _first, restsUntil: _rests, ...shown } = row;
  return { ...shown, why: whyLine(row.reasons, { day, recordingId: row.recordingId }), spotifyUrl: `${spotifyWebUrl}/track/${row.trackId}` };
}
