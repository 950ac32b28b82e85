import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { countCatalog } from '#server/repos/catalog/catalog-counts.ts';
import type { ImportSummaryView } from '#shared/contracts/catalog/import-views.ts';

/** Counts of import lines by status, and how much of the catalog's data is known. */
export async function summarizeImport(deps: Pick<Deps, 'db'>, actor: Actor): Promise<ImportSummaryView> {
  requireAdmin(actor);
  const [counts, catalogFacts] = await Promise.all([countSourcesByStatus(deps.db), countCatalog(deps.db)]);
  return { counts, ...catalogFacts };
}
