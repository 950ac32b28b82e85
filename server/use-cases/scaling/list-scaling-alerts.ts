import type { Deps } from '#server/deps.ts';
import { listManagerPlans } from '#server/repos/scaling/manager-plans.ts';
import type { Alert } from '#shared/contracts/alerts.ts';

const ACTION = { label: 'Open scaling', href: '/admin/scaling' };

/** Alerts for a plan that waits for approval, and for what the newest plan found impossible. */
export async function listScalingAlerts(deps: Pick<Deps, 'db'>): Promise<Alert[]> {
  const [newest] = await listManagerPlans(deps.db, 1);
  if (!newest) return [];
  const alerts: Alert[] = [];
  if (newest.status === 'planned') {
    const count = newest.body.actions.length;
    alerts.push({
      key: 'scaling:waiting',
      level: 'info',
      what: `A scaling plan with ${count} ${count === 1 ? 'change' : 'changes'} waits for approval`,
      detail: `${newest.body.reasons[0] ?? ''} Review the plan and apply it.`.trim(),
      action: ACTION,
    });
  }
  const forbidden = newest.body.impossible[0];
  if (forbidden !== undefined) {
    alerts.push({
      key: 'scaling:impossible',
      level: 'warning',
      what: 'The network cannot reach its target size',
      detail: forbidden,
      action: ACTION,
    });
  }
  return alerts;
}
