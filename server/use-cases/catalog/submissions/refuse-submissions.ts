import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { decideSubmissions, lockSubmissions } from '#server/repos/catalog/album-submissions.ts';
import type { RefuseSubmissionsInput } from '#shared/contracts/catalog/submissions.ts';

/** Refuses waiting submissions with a reason that their listeners read, and returns how many. What was decided already stays. */
export async function refuseSubmissions(
  deps: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { ids, reason }: RefuseSubmissionsInput,
): Promise<{ refused: number }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    await lockSubmissions(tx);
    const refused = await decideSubmissions(tx, { ids, decision: 'refused', reason, by: actorName(actor), at: deps.now() });
    return { refused: refused.length };
  });
}
