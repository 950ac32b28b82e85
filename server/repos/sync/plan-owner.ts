import { syncPlans } from '#drizzle/schema/index.ts';
import type { OwnPlaylistId, ReplicaId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/** What a plan edits: a replica of the network, or a person's own playlist. */
export type PlanOwner = { readonly replicaId: ReplicaId } | { readonly ownPlaylistId: OwnPlaylistId };

/** The plans of one owner. */
export function isPlanOf(owner: PlanOwner): SQL {
  return 'replicaId' in owner ? eq(syncPlans.replicaId, owner.replicaId) : eq(syncPlans.ownPlaylistId, owner.ownPlaylistId);
}
