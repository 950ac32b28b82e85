import { createHash } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
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

/** The freshness certificate of one playlist and day, from the current ledger. Throws `not_found` when there is no published list. */
export async function certifySnapshot(deps: Pick<Deps, 'db' | 'now'>, input: CertificateInput): Promise<CertificateView> {
  const playlist = await findPlaylistByIndex(deps.db, input.index);
  const entries = playlist ? await listEntries(deps.db, playlist.id, input.day) : [];
  if (!playlist || entries.length === 0)
    throw new AppError('not_found', { message: `Playlist #${input.index} has no list for ${input.day}.`, remedy: 'Choose a day that has a list.' });
  return certify(deps, playlist, { day: input.day, entries });
}

/** The certificate for entries that are already loaded. */
export async function certify(
  deps: Pick<Deps, 'db' | 'now'>,
  playlist: CuratedPlaylist,
  list: { day: string; entries: readonly EntryRow[] },
): Promise<CertificateView> {
  const restScope = restScopeKey(playlist.policy, { playlistId: playlist.id, policyFamilyId: playlist.policyFamilyId });
  const restDays = playlist.policy.rest.days;
  const window = { day: list.day, days: Math.max(1, restDays) };
  const [measured, violations] = await Promise.all([measureLedger(deps.db, restScope, list.day), countRepeats(deps.db, playlist.id, window)]);
  return {
    playlistIndex: playlist.globalIndex,
    day: list.day,
    restDays,
    restScope: playlist.policy.rest.scope,
    daysCovered: measured.firstDay ? dayNumber(list.day) - dayNumber(measured.firstDay) + 1 : 0,
    placementsChecked: measured.placements,
    violations,
    digest: createHash('sha256').update(entriesText(list.entries)).digest('hex'),
    provedAt: deps.now().toISOString(),
  };
}
