import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { findUser } from '#server/repos/auth/users.ts';
import { deleteUserLimits, writeUserLimits } from '#server/repos/studio/usage/months.ts';
import type { SetLimitsInput } from '#shared/contracts/studio/usage.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Sets a person's own monthly limits; with both null those of their role apply again. Takes effect with the next request: renders that were requested
 * before go on and are paid, also beyond a limit that was lowered. Throws `not_found`.
 */
export async function setUserLimits(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  input: SetLimitsInput,
): Promise<{ readonly saved: true }> {
  requireAdmin(actor);
  const { userId, rendersPerMonth, usdMicrosPerMonth } = input;
  if (!(await findUser(deps.db, userId))) throw new AppError('not_found', { message: 'There is no such person.', remedy: 'Reload the page.' });
  const [at, by] = [deps.now(), actorName(actor)];
  await deps.db.transaction(async (tx) => {
    if (rendersPerMonth === null && usdMicrosPerMonth === null) await deleteUserLimits(tx, userId);
    else await writeUserLimits(tx, { userId, rendersPerMonth, usdMicrosPerMonth, changedAt: at, changedBy: by });
    const detail = `${rendersPerMonth ?? 'default'} renders, ${usdMicrosPerMonth ?? 'default'} micro-dollars`;
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'limits.set', subject: userId, detail });
  });
  return { saved: true };
}
