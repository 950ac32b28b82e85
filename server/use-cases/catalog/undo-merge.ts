import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findMergeOf, unmergeRecording } from '#server/repos/catalog/recording-merges.ts';
import type { UndoMergeInput } from '#shared/contracts/catalog/merges.ts';
import { AppError } from '#shared/errors.ts';
import type { RecordingId } from '#shared/ids.ts';

/**
 * Takes a merge back: the recording gets its tracks again, and the two are never merged again. What was placed in the meantime stays with the other one.
 * Throws `not_found` for a recording that was never merged and `conflict` when the merge was undone already.
 */
export async function undoMerge(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { recordingId }: UndoMergeInput,
): Promise<{ recordingId: RecordingId; from: RecordingId }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const merge = await findMergeOf(tx, recordingId);
    if (!merge)
      throw new AppError('not_found', { message: `Recording ${recordingId} was not merged.`, remedy: 'Choose one from the list of merges.' });
    if (!merge.isInForce)
      throw new AppError('conflict', { message: `The merge of recording ${recordingId} was undone already.`, remedy: 'Nothing needs to be done.' });
    await unmergeRecording(tx, merge, { at: deps.now(), by: actorName(actor) });
    const entry = { actor: actorName(actor), action: 'recording.unmerge', subject: String(recordingId), detail: `from ${merge.into}` };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
    return { recordingId: merge.from, from: merge.into };
  });
}
