import type { Deps } from '#server/deps.ts';
import { findRecordingRefs } from '#server/repos/catalog/recording-refs.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { listRecordingsShownSince } from '#server/repos/discovery/saved-versions.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** What a playlist had within its repeat window, in any of its kept versions, as recordings of today's catalog. */
export async function recordingsToRest(
  deps: Pick<Deps, 'db' | 'now'>,
  { id, repeatDays }: Pick<SavedRow, 'id' | 'repeatDays'>,
): Promise<readonly number[]> {
  if (repeatDays === 0) return [];
  const ids = await listRecordingsShownSince(deps.db, id, new Date(deps.now().getTime() - repeatDays * DAY_MS));
  const { byId } = await findRecordingRefs(deps.db, { ids, isrcs: [], trackIds: [] });
  return [...new Set(byId.values())];
}
