import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { requireSaved, requireVersion } from '#server/use-cases/discovery/saved/own-saved.ts';
import type { ListFile, ListFormat } from '#shared/contracts/discovery/export-list.ts';
import { AppError } from '#shared/errors.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { exportList } from './export-list.ts';

/** A saved playlist of the caller's own as a file. Throws `unauthenticated`, and `not_found` for another person's or one without tracks of the catalog. */
export async function exportSavedList(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { savedId, format }: { readonly savedId: SavedPlaylistId; readonly format: ListFormat },
): Promise<ListFile> {
  if (actor.kind !== 'user') throw new AppError('unauthenticated', { message: 'You are not signed in.', remedy: 'Sign in with Spotify.' });
  const saved = await requireSaved(deps, actor, { savedId });
  const { tracks } = await requireVersion(deps, saved);
  return exportList(deps, { name: saved.name, recordingIds: tracks.map(({ recordingId }) => recordingId), format });
}
