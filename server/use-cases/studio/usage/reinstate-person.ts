import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { markUserSuspended } from '#server/repos/auth/users.ts';
import type { PersonInput } from '#shared/contracts/studio/usage.ts';
import { AppError } from '#shared/errors.ts';

/** Lets a suspended person sign in again, with the files, limits and role they had. Safe to repeat. Throws `not_found`. */
export async function reinstatePerson(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { userId }: PersonInput,
): Promise<{ readonly reinstated: true }> {
  requireAdmin(actor);
  await deps.db.transaction(async (tx) => {
    if (!(await markUserSuspended(tx, userId, null)))
      throw new AppError('not_found', { message: 'There is no such person.', remedy: 'Reload the page.' });
    const entry = { actor: actorName(actor), action: 'person.reinstated', subject: userId, detail: null };
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), ...entry });
  });
  return { reinstated: true };
}
