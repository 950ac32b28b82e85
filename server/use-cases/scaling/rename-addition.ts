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
import { requirePlanAwaitingApproval } from './require-plan-awaiting-approval.ts';

/**
 * Renames a playlist that a plan waiting for approval would add. The plan gets a new hash, so applying the old version is refused. Throws `conflict`
 * for a plan that no longer waits or has another hash, `invalid_input` for a name that is taken, and `not_found`.
 */
export async function renameAddition(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, input: RenameAdditionInput): Promise<{ hash: string }> {
  requireAdmin(actor);
  return deps.db.transaction(async (tx) => {
    const plan = requirePlanAwaitingApproval(await lockManagerPlan(tx, input.planId), input.hash);
    const addition = plan.body.actions[input.index];
    if (addition?.kind !== 'add_playlist')
      throw new AppError('invalid_input', {
        message: 'This line of the plan does not add a playlist.',
        remedy: 'Reload the plan.',
        field: 'at',
      });
    const others = additionsOf(plan.body.actions).filter((action) => action !== addition);
    const names = new ThemeNames([...(await listThemes(tx)), ...others.map((action) => action.themeTag)]);
    if (names.isTaken(input.themeTag))
      throw new AppError('invalid_input', {
        message: `There is already a playlist named “${input.themeTag}”.`,
        remedy: 'Choose another name.',
        field: 'themeTag',
      });
    const actions = plan.body.actions.with(input.index, { ...addition, themeTag: input.themeTag });
    const hash = hashActions(actions);
    await rewriteManagerPlan(tx, plan.id, { hash, body: { ...plan.body, actions } });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'scaling.list_renamed',
      subject: `manager_plan:${plan.id}`,
      detail: `${addition.themeTag} → ${input.themeTag}`,
    });
    return { hash };
  });
}
