import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findBatchNote } from '#server/repos/studio/batches/notes.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { BatchInput, BatchNote } from '#shared/contracts/studio/batches.ts';

/** What the actor wrote about a batch of their own; empty without a note, and for a batch of somebody else. */
export async function viewBatchNote({ db }: Pick<Deps, 'db'>, actor: Actor, { groupId }: BatchInput): Promise<BatchNote> {
  return { note: (await findBatchNote(db, { groupId, userId: assetOwner(actor) })) ?? '' };
}
