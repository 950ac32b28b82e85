import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { decideSubmissions, lockSubmissions } from '#server/repos/catalog/album-submissions.ts';
import type { ApproveSubmissionsInput } from '#shared/contracts/catalog/submissions.ts';
import { queueAlbum } from './queue-album.ts';

/** Queues the albums of waiting submissions for import, once each, and returns how many submissions that were. What was decided already stays. */
export async function approveSubmissions(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { ids }: ApproveSubmissionsInput,
): Promise<{ approved: number }> {
  requireAdmin(actor);
  const at = deps.now();
  return deps.db.transaction(async (tx) => {
    await lockSubmissions(tx);
    const accepted = await decideSubmissions(tx, { ids, decision: 'accepted', reason: null, by: actorName(actor), at });
    const albums = [...new Map(accepted.map((submission) => [submission.albumId, submission])).values()];
    for (const { albumId, link, userId } of albums) await queueAlbum(tx, { link, albumId, by: `user:${userId}`, intakeId: deps.newId(), at });
    return { approved: accepted.length };
  });
}
