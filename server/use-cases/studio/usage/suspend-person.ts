import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { deleteSessionsOf } from '#server/repos/auth/sessions.ts';
import { countActiveAdmins, findUser, markUserSuspended } from '#server/repos/auth/users.ts';
import type { Db } from '#server/repos/database.ts';
import { lockAdmission } from '#server/repos/studio/render-queue.ts';
import { listUnsentRenders } from '#server/repos/studio/renders.ts';
import { admitRenders } from '#server/use-cases/studio/renders/admit-renders.ts';
import { endRender, SUSPENDED_ENDING } from '#server/use-cases/studio/renders/finish-render.ts';
import type { PersonInput, SuspendedPerson } from '#shared/contracts/studio/usage.ts';
import { AppError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';

/**
 * Suspends a person: their sessions end, they cannot sign in, and their renders that were not sent end without cost. What a vendor has goes on and is paid;
 * files and what is shared stay. Safe to repeat. Throws `not_found`, and `conflict` for the actor's own account and for the last admin.
 */
export async function suspendPerson(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, { userId }: PersonInput): Promise<SuspendedPerson> {
  requireAdmin(actor);
  if (actor.kind === 'user' && actor.userId === userId)
    throw new AppError('conflict', { message: 'You cannot suspend yourself.', remedy: 'Ask another admin, or use the admin key.' });
  const [at, by] = [deps.now(), actorName(actor)];
  return deps.db.transaction(async (tx) => {
    await lockAdmission(tx);
    if (!(await mayBeSuspended(tx, userId))) return { endedRenders: 0 };
    await markUserSuspended(tx, userId, { at, by });
    await deleteSessionsOf(tx, userId);
    const endedRenders = await endUnsent(tx, userId, at);
    const entry = { action: 'person.suspended', subject: userId, detail: `${endedRenders} renders ended` };
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, ...entry });
    return { endedRenders };
  });
}

/** False for a person who is suspended already. */
async function mayBeSuspended(tx: Db, userId: UserId): Promise<boolean> {
  const person = await findUser(tx, userId);
  if (!person) throw new AppError('not_found', { message: 'There is no such person.', remedy: 'Reload the page.' });
  if (person.suspendedAt !== null) return false;
  if (person.role === 'admin' && (await countActiveAdmins(tx)) === 1)
    throw new AppError('conflict', {
      message: `${person.displayName} is the last admin.`,
      remedy: 'Make somebody else an admin first, or make this person a listener.',
    });
  return true;
}

async function endUnsent(tx: Db, userId: UserId, at: Date): Promise<number> {
  const waiting = await listUnsentRenders(tx, userId);
  for (const { id } of waiting) await endRender(tx, id, { ...SUSPENDED_ENDING, at });
  for (const vendor of new Set(waiting.map((render) => render.vendor))) await admitRenders(tx, vendor, at);
  return waiting.length;
}
