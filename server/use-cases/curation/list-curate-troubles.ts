import type { Deps } from '#server/deps.ts';
import { listUnknownNames } from '#server/repos/catalog/unknown-names.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';

/** Policies that pin or ban what the catalogue does not have: their lists stand, but not as somebody meant them. */
export async function listCurateTroubles(deps: Pick<Deps, 'db' | 'now'>): Promise<Trouble[]> {
  const rows = await listUnknownNames(deps.db, dayOf(deps.now()));
  return rows.map(({ familyId, policyName, sentence, playlists }) => ({
    key: `policy:${familyId}:unknown:${sentence}`,
    level: 'warning',
    what: `“${policyName}” names something unknown`,
    detail: `${sentence} ${playlists === 1 ? 'One list was' : `${playlists} lists were`} made without it: take the album in, or correct the policy.`,
    action: { label: 'Open the policy', href: `/admin/policies/${familyId}` },
  }));
}
