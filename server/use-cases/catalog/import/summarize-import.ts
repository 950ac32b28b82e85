import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { countCatalogue } from '#server/repos/catalog/catalog-counts.ts';
import type { IntakeSummaryView } from '#shared/contracts/views.ts';

/** How much came in, how much is waiting, and how well the catalogue is known. */
export async function summariseIntake(deps: Pick<Deps, 'db'>, actor: Actor): Promise<IntakeSummaryView> {
  requireAdmin(actor);
  const [counts, catalogue] = await Promise.all([countSourcesByStatus(deps.db), countCatalogue(deps.db)]);
  return { counts, ...catalogue };
}
