import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markUserRole } from '#server/repos/auth/users.ts';
import type { SetRoleInput } from '#shared/contracts/auth/roles.ts';
import { AppError } from '#shared/errors.ts';

/** Makes a person an admin or a listener, in all their sessions at once. The admin key stays valid, so nobody is locked out. Throws `not_found`. */
export async function setRole(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { userId, role }: SetRoleInput,
): Promise<{ readonly saved: true }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    if (!(await markUserRole(tx, userId, role))) throw new AppError('not_found', { message: 'There is no such person.', remedy: 'Reload the page.' });
    const entry = { actor: actorName(actor), action: `role.${role}`, subject: userId, detail: null };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { saved: true };
}
