import type { ManagerPlanRow } from '#server/repos/scaling/manager-plans.ts';
import { AppError } from '#shared/errors.ts';

/** The plan, if it still waits and is the one that was seen. Throws `not_found` or `conflict`. */
export function requireWaiting(plan: ManagerPlanRow | undefined, hash: string): ManagerPlanRow {
  if (!plan) throw new AppError('not_found', { message: 'This scaling plan is not here any more.', remedy: 'Plan again.' });
  if (plan.status !== 'planned') {
    throw new AppError('conflict', {
      message: plan.status === 'applied' ? 'This plan has been applied already.' : (plan.statusReason ?? 'This plan no longer waits.'),
      remedy: 'Look at the newest plan.',
    });
  }
  if (plan.hash !== hash) {
    throw new AppError('conflict', {
      message: 'This is not the plan that you saw.',
      remedy: 'Look at the plan again before applying it.',
      field: 'hash',
    });
  }
  return plan;
}
