import type { Deps } from '#server/deps.ts';
import { listManagerPlans } from '#server/repos/scaling/manager-plans.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';

const ACTION = { label: 'Open scaling', href: '/admin/scaling' };

/** A plan that waits for a person, and what the newest plan found impossible. */
export async function listScalingTroubles(deps: Pick<Deps, 'db'>): Promise<Trouble[]> {
  const [newest] = await listManagerPlans(deps.db, 1);
  if (!newest) return [];
  const troubles: Trouble[] = [];
  if (newest.status === 'planned') {
    const count = newest.body.actions.length;
    troubles.push({
      key: 'scaling:waiting',
      level: 'info',
      what: `A scaling plan with ${count} ${count === 1 ? 'change' : 'changes'} waits`,
      detail: `${newest.body.reasons[0] ?? ''} Read it and apply it, or leave it.`.trim(),
      action: ACTION,
    });
  }
  const forbidden = newest.body.impossible[0];
  if (forbidden !== undefined) {
    troubles.push({
      key: 'scaling:impossible',
      level: 'warning',
      what: 'The network cannot have the size it should have',
      detail: forbidden,
      action: ACTION,
    });
  }
  return troubles;
}
