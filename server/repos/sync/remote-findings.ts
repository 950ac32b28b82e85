import { accounts, playlistAccountMap, playlists, remoteFindings } from '#drizzle/schema/index.ts';
import type { AccountId, SpotifyPlaylistId } from '#shared/ids.ts';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type StoredFinding = typeof remoteFindings.$inferSelect;

interface NamedFinding {
  readonly finding: StoredFinding;
  readonly account: string;
  readonly playlistIndex: number | null;
  readonly themeTag: string | null;
}

/**
 * Stores a finding: first-seen stays, last-seen moves, and a resolved one opens again.
 *
 * States: open → settled (resolved by a plan, or no longer found) → open (found again).
 */
export async function recordFinding(
  db: Db,
  finding: Omit<StoredFinding, 'firstSeenAt' | 'lastSeenAt' | 'settledAt' | 'settledHow'>,
  at: Date,
): Promise<void> {
  const { accountId: _account, spotifyPlaylistId: _playlist, kind: _kind, ...details } = finding;
  await db
    .insert(remoteFindings)
    .values({ ...finding, firstSeenAt: at, lastSeenAt: at })
    .onConflictDoUpdate({
      target: [remoteFindings.accountId, remoteFindings.spotifyPlaylistId, remoteFindings.kind],
      set: {
        ...details,
        lastSeenAt: at,
        firstSeenAt: sql`case when ${remoteFindings.settledAt} is null then ${remoteFindings.firstSeenAt} else excluded.first_seen_at end`,
        settledAt: null,
        settledHow: null,
      },
    });
}

/** Resolves the open findings about one playlist. */
export async function markFindingResolved(
  db: Db,
  settled: { accountId: AccountId; spotifyPlaylistId: SpotifyPlaylistId; at: Date; how: string },
): Promise<void> {
  await db
    .update(remoteFindings)
    .set({ settledAt: settled.at, settledHow: settled.how })
    .where(
      and(
        eq(remoteFindings.accountId, settled.accountId),
        eq(remoteFindings.spotifyPlaylistId, settled.spotifyPlaylistId),
        isNull(remoteFindings.settledAt),
      ),
    );
}

/** Resolves the open findings of an account that a complete check did not find again. */
export async function resolveUnseen(db: Db, accountId: AccountId, lookAt: Date): Promise<void> {
  await db
    .update(remoteFindings)
    .set({ settledAt: lookAt, settledHow: 'No longer found at the next check.' })
    .where(and(eq(remoteFindings.accountId, accountId), isNull(remoteFindings.settledAt), lt(remoteFindings.lastSeenAt, lookAt)));
}

/** All open findings, oldest first, with the names of account and playlist. */
export async function listOpenFindings(db: Db): Promise<NamedFinding[]> {
  return db
    .select({ finding: remoteFindings, account: accounts.displayName, playlistIndex: playlists.globalIndex, themeTag: playlists.themeTag })
    .from(remoteFindings)
    .innerJoin(accounts, eq(accounts.id, remoteFindings.accountId))
    .leftJoin(playlistAccountMap, eq(playlistAccountMap.id, remoteFindings.replicaId))
    .leftJoin(playlists, eq(playlists.id, playlistAccountMap.playlistId))
    .where(isNull(remoteFindings.settledAt))
    .orderBy(asc(remoteFindings.firstSeenAt), asc(remoteFindings.spotifyPlaylistId));
}
