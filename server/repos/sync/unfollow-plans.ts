import { syncPlans } from '#drizzle/schema/index.ts';
import type { SpotifyPlaylistId, SyncPlanId } from '#shared/ids.ts';
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

const TARGET = sql<SpotifyPlaylistId>`${syncPlans.body}->'steps'->0->>'spotifyPlaylistId'`;
const IS_UNFOLLOW = sql`jsonb_exists(${syncPlans.body}, 'unfollow')`;

export interface UnfollowPlan {
  readonly id: SyncPlanId;
  readonly hash: string;
  readonly spotifyPlaylistId: SpotifyPlaylistId;
}

/** Open unfollow plans, oldest first. */
export async function listOpenUnfollows(db: Db): Promise<UnfollowPlan[]> {
  return db
    .select({ id: syncPlans.id, hash: syncPlans.hash, spotifyPlaylistId: TARGET })
    .from(syncPlans)
    .where(and(IS_UNFOLLOW, inArray(syncPlans.status, ['planned', 'waiting'])))
    .orderBy(asc(syncPlans.plannedAt), asc(syncPlans.id));
}

/** How many playlists were unfollowed since a moment. */
export async function countUnfollowed(db: Db, since: Date): Promise<number> {
  return db.$count(syncPlans, and(IS_UNFOLLOW, eq(syncPlans.status, 'applied'), gte(syncPlans.appliedAt, since)));
}

/** Marks open unfollow plans of a playlist that has changed as stale; true when an up-to-date one stays. */
export async function markUnfollowsStale(db: Db, target: string, seenFingerprint: string | null): Promise<boolean> {
  const isOpen = and(IS_UNFOLLOW, eq(TARGET, target), inArray(syncPlans.status, ['planned', 'waiting']));
  const isOther = sql`${syncPlans.body}->>'seenFingerprint' is distinct from ${seenFingerprint}`;
  await db.update(syncPlans).set({ status: 'stale', statusReason: 'The playlist changed after the plan was made.' }).where(and(isOpen, isOther));
  return (await db.$count(syncPlans, isOpen)) > 0;
}
