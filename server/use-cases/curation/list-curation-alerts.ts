import type { Deps } from '#server/deps.ts';
import { listUnknownNames } from '#server/repos/catalog/unknown-names.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Alerts for policies that pin or ban something the catalog does not have: their lists are published, but not as intended. */
export async function listCurationAlerts(deps: Pick<Deps, 'db' | 'now'>): Promise<Alert[]> {
  const rows = await listUnknownNames(deps.db, dayOf(deps.now()));
  return rows.map(({ familyId, policyName, sentence, playlists }) => ({
    key: `policy:${familyId}:unknown:${sentence}`,
    level: 'warning',
    what: `Policy “${policyName}” names something that is not in the catalog`,
    detail: `${sentence} ${playlists === 1 ? 'One list was' : `${playlists} lists were`} made without it. Import the album or correct the policy.`,
    action: { label: 'Open policy', href: `/admin/policies/${familyId}` },
  }));
}
