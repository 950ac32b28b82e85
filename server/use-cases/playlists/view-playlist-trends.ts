import type { Deps } from '#server/deps.ts';
import { countRepeatDistances, listDayCounts } from '#server/repos/playlists/playlist-day-counts.ts';
import { findPlaylistByIndex } from '#server/repos/curation/playlists.ts';
import type { PlaylistTrendsView } from '#shared/contracts/playlists/history.ts';
import type { PlaylistTrendsInput } from '#shared/contracts/playlists/network.ts';
import { AppError } from '#shared/errors.ts';

/** The same number of days as in the day picker. */
const DAYS_SHOWN = 60;

/** A playlist over its last days: recordings it could choose from, number of artists, and how soon recordings repeated. Throws `not_found`. */
export async function viewPlaylistTrends(deps: Pick<Deps, 'db'>, { index }: PlaylistTrendsInput): Promise<PlaylistTrendsView> {
  const playlist = await findPlaylistByIndex(deps.db, index);
  if (!playlist || playlist.status === 'retired')
    throw new AppError('not_found', { message: `There is no playlist #${index}.`, remedy: 'Go back to the network and choose one.' });
  const days = await listDayCounts(deps.db, playlist.id, DAYS_SHOWN);
  const distances = days[0] ? await countRepeatDistances(deps.db, playlist.id, days[0].day) : [];
  return {
    restDays: playlist.policy.rest.days,
    scope: playlist.policy.rest.scope,
    days,
    repeatDistances: distances.flatMap(({ days: distance, recordings }) => (distance === null ? [] : [{ distance, recordings }])),
    firstPlacements: distances.find(({ days: distance }) => distance === null)?.recordings ?? 0,
  };
}
