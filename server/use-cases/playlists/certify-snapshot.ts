import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import { findSnapshotFacts } from '#server/repos/playlists/certified-list.ts';
import { countRepeats, listEntries, measureLedger } from '#server/repos/playlists/network-views.ts';
import type { EntryRow } from '#server/repos/playlists/network-views.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { CertificateInput } from '#shared/contracts/playlists/network.ts';
import type { CertificateView } from '#shared/contracts/playlists/playlist-views.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { entriesText } from '#shared/domain/playlists/certificate.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import { AppError } from '#shared/errors.ts';
import { certifiedShown, readDayShown } from './read-day-shown.ts';
import type { DayShown } from './read-day-shown.ts';

/**
 * The freshness certificate of one playlist and day, from the current ledger: of an earlier list when Spotify showed that one again, else of the day's
 * own. Throws `not_found` when there is no published list.
 */
export async function certifySnapshot(deps: Pick<Deps, 'db' | 'now'>, input: CertificateInput): Promise<CertificateView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  const dayShown = playlist && (await readDayShown(deps, playlist.id, input.day));
  const entries =
    playlist && dayShown && (await findSnapshotFacts(deps.db, playlist.id, input.day))
      ? await listEntries(deps.db, playlist.id, dayShown.listDay)
      : [];
  if (!playlist || !dayShown || entries.length === 0)
    throw new AppError('not_found', { message: `Playlist #${input.index} has no list for ${input.day}.`, remedy: 'Choose a day that has a list.' });
  return certify(deps, playlist, { day: input.day, entries, dayShown });
}

/** The certificate for entries that are already loaded: those of the list that the day is about. */
export async function certify(
  deps: Pick<Deps, 'db' | 'now'>,
  playlist: CuratedPlaylist,
  { day, entries, dayShown }: { day: string; entries: readonly EntryRow[]; dayShown: DayShown },
): Promise<CertificateView> {
  const restScope = restScopeKey(playlist.policy, { playlistId: playlist.id, policyFamilyId: playlist.policyFamilyId });
  const restDays = playlist.policy.rest.days;
  const window = { day, days: Math.max(1, restDays) };
  const [measured, violations] = await Promise.all([measureLedger(deps.db, restScope, day), countRepeats(deps.db, playlist.id, window)]);
  const isAgain = dayShown.listDay !== day;
  return {
    playlistIndex: playlist.globalIndex,
    day,
    listDay: dayShown.listDay,
    restDays,
    restScope: playlist.policy.rest.scope,
    daysOnRecord: measured.firstDay ? dayNumber(day) - dayNumber(measured.firstDay) + 1 : 0,
    placementsChecked: measured.placements,
    violations: violations + (isAgain ? dayShown.repeats.length : 0),
    rollback: isAgain ? (dayShown.shown?.rollback ?? null) : null,
    shown: certifiedShown(dayShown),
    digest: createHash('sha256').update(entriesText(entries)).digest('hex'),
    provedAt: deps.now().toISOString(),
  };
}
