import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markKeptFace } from '#server/repos/sync/hand-edits.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import type { ReleaseHandEditsInput } from '#shared/contracts/sync/sync-inputs.ts';
import { AppError } from '#shared/errors.ts';

/** Lets go of a title, a description or the privacy that a hand gave a playlist: the next sync puts its own back. Throws `not_found`. */
export async function releaseHandEdits(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: ReleaseHandEditsInput): Promise<void> {
  requireAdmin(actor);
  const replica = await findReplica(deps.db, input.replicaId);
  if (!replica) throw new AppError('not_found', { message: 'This playlist has no place on any account.', remedy: 'Look at the sync page again.' });
  const { [input.what]: released, ...rest } = replica.keptFace ?? {};
  if (released === undefined) return;
  await deps.db.transaction(async (tx) => {
    await markKeptFace(tx, replica.id, Object.keys(rest).length > 0 ? rest : null);
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
