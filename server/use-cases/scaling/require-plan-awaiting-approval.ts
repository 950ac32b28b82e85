import type { ManagerPlanRow } from '#server/repos/scaling/manager-plans.ts';
import { AppError } from '#shared/errors.ts';

/** Returns the plan if it still waits for approval and has the given hash. Throws `not_found` or `conflict`. */
export function requirePlanAwaitingApproval(plan: ManagerPlanRow | undefined, hash: string): ManagerPlanRow {
  if (!plan) throw new AppError('not_found', { message: 'This scaling plan no longer exists.', remedy: 'Create a new plan.' });
  if (plan.status !== 'planned') {
    throw new AppError('conflict', {
      message: plan.status === 'applied' ? 'This plan was already applied.' : (plan.statusReason ?? 'This plan no longer waits for approval.'),
      remedy: 'Open the newest plan.',
    });
  }
  if (plan.hash !== hash) {
    throw new AppError('conflict', {
      message: 'The plan has changed since you opened it.',
      remedy: 'Reload the plan and review it before applying it.',
      field: 'hash',
    });
  }
  return plan;
}
