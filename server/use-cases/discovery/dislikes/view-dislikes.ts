import type { Deps } from '#server/deps.ts';
import { listDislikes } from '#server/repos/discovery/dislikes.ts';
import type { DislikeView } from '#shared/contracts/discovery/dislikes.ts';
import type { UserId } from '#shared/ids.ts';

/** A listener's own dislikes, the latest first. */
export async function viewDislikes(deps: Pick<Deps, 'db'>, { userId }: { readonly userId: UserId }): Promise<DislikeView[]> {
  const rows = await listDislikes(deps.db, userId);
  return rows.flatMap(({ recordingId, artistId, name, dislikedAt }): DislikeView[] => {
    const shared = { name, dislikedAt: dislikedAt.toISOString() };
    if (recordingId !== null) return [{ kind: 'recording', recordingId, ...shared }];
    return artistId === null ? [] : [{ kind: 'artist', artistId, ...shared }];
  });
}
