import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listAlerts } from '#server/repos/operations/alerts.ts';
import type { AlertView } from '#shared/contracts/alerts.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

const DAYS_SHOWN = 90;
const SHOWN = 200;

/** Alerts of the last 90 days, newest first, with when they opened and closed. */
export async function listAlertHistory(deps: Pick<Deps, 'db' | 'now'>, actor: Actor): Promise<AlertView[]> {
  requireAdmin(actor);
  const since = new Date(deps.now().getTime() - DAYS_SHOWN * DAY_MS);
  return (await listAlerts(deps.db, since, SHOWN)).map(({ actionLabel, actionHref, openedAt, closedAt, ...alert }) => ({
    ...alert,
    action: actionLabel === null || actionHref === null ? null : { label: actionLabel, href: actionHref },
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }));
}
