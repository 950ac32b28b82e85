import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listMerges } from '#server/repos/catalog/recording-merges.ts';
import type { MergeView, ViewMergesInput } from '#shared/contracts/catalog/merges.ts';

/** The merges of recordings, least confident first, also those that were undone. */
export async function viewMerges(deps: Pick<Deps, 'db'>, actor: Actor, input: ViewMergesInput): Promise<MergeView[]> {
  requireAdmin(actor);
  return listMerges(deps.db, { below: input.confidenceMax, limit: input.limit });
}
