import { accounts, playlistAccountMap, playlists, remoteFindings } from '#drizzle/schema/index.ts';
import type { AccountId, SpotifyPlaylistId } from '#shared/ids.ts';
import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type RemoteFinding = typeof remoteFindings.$inferSelect;

interface NamedFinding {
  readonly finding: RemoteFinding;
  readonly account: string;
  readonly playlistIndex: number | null;
  readonly themeTag: string | null;
}

/** Keeps what a look found: the first sight stays, the last one moves, and what was thought settled is open again. */
export async function recordFinding(
  db: Db,
  finding: Omit<RemoteFinding, 'firstSeenAt' | 'lastSeenAt' | 'settledAt' | 'settledHow'>,
  at: Date,
): Promise<void> {
  const { accountId: _account, spotifyPlaylistId: _playlist, kind: _kind, ...said } = finding;
  await db
    .insert(remoteFindings)
    .values({ ...finding, firstSeenAt: at, lastSeenAt: at })
    .onConflictDoUpdate({
      target: [remoteFindings.accountId, remoteFindings.spotifyPlaylistId, remoteFindings.kind],
      set: {
        ...said,
        lastSeenAt: at,
        firstSeenAt: sql`case when ${remoteFindings.settledAt} is null then ${remoteFindings.firstSeenAt} else excluded.first_seen_at end`,
        settledAt: null,
        settledHow: null,
      },
    });
}

/** Ends the open findings about one playlist. */
export async function settleFinding(
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

/** Ends the open findings of an account that a whole look did not find again. */
export async function settleUnseen(db: Db, accountId: AccountId, lookAt: Date): Promise<void> {
  await db
    .update(remoteFindings)
    .set({ settledAt: lookAt, settledHow: 'Not there any more at the next look.' })
    .where(and(eq(remoteFindings.accountId, accountId), isNull(remoteFindings.settledAt), lt(remoteFindings.lastSeenAt, lookAt)));
}

/** Everything open, oldest first, with the names of what it is about. */
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
