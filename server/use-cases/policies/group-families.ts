import type { PolicyVersionRow } from '#server/repos/policies/policies.ts';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';

/** Groups versions by family, keeping the order of the rows (newest first). A family has the name of its newest version. */
export function groupFamilies(rows: readonly PolicyVersionRow[]): PolicyFamilyView[] {
  const families = new Map<string, PolicyVersionView[]>();
  for (const row of rows) {
    const versions = families.get(row.familyId) ?? [];
    families.set(row.familyId, versions);
    const { id, version, name, createdAt, createdBy, playlists, body } = row;
    versions.push({ id, version, name, createdAt: createdAt.toISOString(), createdBy, playlists, body });
  }
  return [...families].map(([familyId, versions]) => ({ familyId, name: versions[0]?.name ?? '', versions }));
}
