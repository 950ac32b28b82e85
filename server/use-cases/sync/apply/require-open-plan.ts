import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import { hashPlan } from '../plan/plan-hash.ts';

const NOT_OPEN: Record<Exclude<SyncPlanStatus, 'planned'>, string> = {
  applying: 'This plan is being applied or was interrupted.',
  applied: 'This plan was already applied.',
  stale: 'This plan is out of date.',
  failed: 'This plan failed.',
  waiting: 'This plan waits for approval.',
};

interface Confirmed {
  readonly hash: string;
  /** True for a person, whose hash also approves a plan that waits for approval. Scheduled runs may not approve. */
  readonly approves?: boolean;
}

/** The plan, if it is still to be applied and is the one with this hash. Throws `conflict` otherwise, and `not_found`. */
export function requireOpenPlan(plan: SyncPlanRow | undefined, { hash, approves }: Confirmed): SyncPlanRow {
  if (!plan) throw planGone();
  if (plan.status !== 'planned' && !(approves && plan.status === 'waiting')) {
    throw new AppError('conflict', {
      message: plan.statusReason ?? NOT_OPEN[plan.status],
      remedy: 'Plan the sync again and review the new plan.',
    });
  }
  // Computed from the stored body, not read from a column: what is applied is what was shown.
  if (hashPlan(plan.body) !== hash) {
    throw new AppError('conflict', {
      message: 'This plan is not the one you were shown.',
      remedy: 'Review the plan again before you apply it.',
      field: 'hash',
    });
  }
  return plan;
}

/** The error for a plan that no longer exists. */
export function planGone(): AppError {
  return new AppError('not_found', { message: 'This sync plan no longer exists.', remedy: 'Plan the sync again.' });
}
