import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { lockManagerPlan, rewriteManagerPlan } from '#server/repos/scaling/manager-plans.ts';
import { listThemes } from '#server/repos/scaling/scaling-facts.ts';
import type { RenameAdditionInput } from '#shared/contracts/scaling/scaling.ts';
import { additionsOf, ThemeNames } from '#shared/domain/scaling/scaling-names.ts';
import { AppError } from '#shared/errors.ts';
import { hashActions } from './hash-actions.ts';
import { requireWaiting } from './require-waiting.ts';

/**
 * Gives a list that a waiting plan would add another name. The plan is another one then and has a new hash, so whoever has the old one before
 * them is told. Throws `conflict` for a plan that does not wait any more and `invalid_input` for a name that somebody has.
 */
export async function renameAddition(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: RenameAdditionInput): Promise<{ hash: string }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const plan = requireWaiting(await lockManagerPlan(tx, input.planId), input.hash);
    const renamed = plan.body.actions[input.at];
    if (renamed?.kind !== 'add_playlist')
      throw new AppError('invalid_input', {
        message: 'No playlist is added in this line of the plan.',
        remedy: 'Look at the plan again.',
        field: 'at',
      });
    const others = additionsOf(plan.body.actions).filter((action) => action !== renamed);
    const names = new ThemeNames([...(await listThemes(tx)), ...others.map((action) => action.themeTag)]);
    if (names.isTaken(input.themeTag))
      throw new AppError('invalid_input', {
        message: `There is a playlist “${input.themeTag}” already.`,
        remedy: 'Choose a name that tells them apart.',
        field: 'themeTag',
      });
    const actions = plan.body.actions.with(input.at, { ...renamed, themeTag: input.themeTag });
    const hash = hashActions(actions);
    await rewriteManagerPlan(tx, plan.id, { hash, body: { ...plan.body, actions } });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'scaling.list_renamed',
      subject: `manager_plan:${plan.id}`,
      detail: `${renamed.themeTag} → ${input.themeTag}`,
    });
    return { hash };
  });
}
