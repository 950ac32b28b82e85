import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markManualEditMode } from '#server/repos/sync/manual-edits.ts';
import type { SetManualEditsInput } from '#shared/contracts/sync/sync-inputs.ts';
import { AppError } from '#shared/errors.ts';

/** Sets whether edits to a playlist on Spotify are kept (merged) or overwritten, from the next plan on. Throws `not_found`. */
export async function setManualEditMode(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: SetManualEditsInput): Promise<void> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    const isSet = await markManualEditMode(tx, input.playlistIndex, input.mode);
    if (!isSet)
      throw new AppError('not_found', { message: `There is no playlist #${input.playlistIndex}.`, remedy: 'Reload the list of playlists.' });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'sync.hand_edits_set',
      subject: `playlist:${input.playlistIndex}`,
      detail: input.mode,
    });
  });
}
