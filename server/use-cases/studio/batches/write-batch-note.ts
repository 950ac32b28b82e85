import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { isOwnGroup, replaceBatchNote } from '#server/repos/studio/batches/notes.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import { renderMissing } from '#server/use-cases/studio/renders/view-render.ts';
import type { BatchNote, WriteBatchNoteInput } from '#shared/contracts/studio/batches.ts';

/** Replaces what the actor wrote about a batch of their own; an empty note is deleted. Throws `not_found` for a batch of somebody else. */
export async function writeBatchNote(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  actor: Actor,
  { groupId, note }: WriteBatchNoteInput,
): Promise<BatchNote> {
  const own = { groupId, userId: assetOwner(actor) };
  if (!(await isOwnGroup(db, own))) throw renderMissing();
  await replaceBatchNote(db, { ...own, note, changedAt: now() });
  return { note };
}
