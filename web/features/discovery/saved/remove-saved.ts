import type { SavedPlaylistId } from '#shared/ids.ts';
import { client } from '#web/lib/trpc.ts';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { keepSaved } from './saved-cache.ts';

/** Offers to take a deletion back. What is on Spotify stayed there. */
export function offerUndo({ id: savedId, name }: { readonly id: SavedPlaylistId; readonly name: string }): void {
  showToast(`“${name}” is deleted. On Spotify nothing changed.`, { label: 'Undo', onClick: () => void undoRemove(savedId) });
}

/** Brings a deleted playlist back. */
export async function undoRemove(savedId: SavedPlaylistId): Promise<void> {
  try {
    keepSaved(await client.discovery.saved.undoRemove.mutate({ savedId }));
  } catch {
    showToast('It could not be restored. Try again under Saved.');
  }
}
