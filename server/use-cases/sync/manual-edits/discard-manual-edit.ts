import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markKeptDetails } from '#server/repos/sync/manual-edits.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import type { ReleaseManualEditsInput } from '#shared/contracts/sync/sync-inputs.ts';
import { AppError } from '#shared/errors.ts';

/** Discards a title, a description or privacy set on Spotify: the next sync restores Segue's own. Throws `not_found`. */
export async function discardManualEdit(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: ReleaseManualEditsInput): Promise<void> {
  requireAdmin(actor);
  const replica = await findReplica(deps.db, input.replicaId);
  if (!replica) throw new AppError('not_found', { message: 'This playlist is not hosted on any account.', remedy: 'Reload the sync page.' });
  const { [input.what]: released, ...rest } = replica.keptFace ?? {};
  if (released === undefined) return;
  await deps.db.transaction(async (tx) => {
    await markKeptDetails(tx, replica.id, Object.keys(rest).length > 0 ? rest : null);
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'sync.hand_edit_released',
      subject: `replica:${replica.id}`,
      detail: input.what,
    });
  });
}
