import { accounts, playlistAccountMap } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';

export type Account = typeof accounts.$inferSelect;
type NewAccount = typeof accounts.$inferInsert;

export async function findAccount(db: Db, id: AccountId): Promise<Account | undefined> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, id));
  return account;
}

export async function findAccountBySpotifyUser(db: Db, spotifyUserId: string): Promise<Account | undefined> {
  const [account] = await db.select().from(accounts).where(eq(accounts.spotifyUserId, spotifyUserId));
  return account;
}

/** Every account with the number of playlists it carries, oldest first. */
export async function listAccountsWithLoad(db: Db): Promise<readonly (Account & { playlists: number })[]> {
  const rows = await db
    .select({ account: accounts, playlists: count(playlistAccountMap.id) })
    .from(accounts)
    .leftJoin(playlistAccountMap, eq(playlistAccountMap.accountId, accounts.id))
    .groupBy(accounts.id)
    .orderBy(asc(accounts.connectedAt), asc(accounts.id));
  return rows.map(({ account, playlists }) => ({ ...account, playlists }));
}

export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await db.insert(accounts).values(account);
}

/** A fresh authorisation of a known account: new tokens, a new version, and whatever stopped it is over. */
export async function markAccountReconnected(db: Db, id: AccountId, fresh: Omit<NewAccount, 'id' | 'spotifyUserId' | 'connectedAt'>): Promise<void> {
  await db
    .update(accounts)
    .set({ ...fresh, tokenVersion: sql`${accounts.tokenVersion} + 1` })
    .where(eq(accounts.id, id));
}

/** Keeps refreshed tokens only if nobody wrote others since `seenVersion`; false means theirs are newer. */
export async function markTokensRefreshed(
  db: Db,
  seen: { id: AccountId; tokenVersion: number },
  tokens: { sealedAccessToken: string; sealedRefreshToken: string; accessExpiresAt: Date },
): Promise<boolean> {
  const written = await db
    .update(accounts)
    .set({ ...tokens, tokenVersion: seen.tokenVersion + 1 })
    .where(and(eq(accounts.id, seen.id), eq(accounts.tokenVersion, seen.tokenVersion)));
  return written.rowCount === 1;
}

/** Stops an account until its owner authorises it again; only if the tokens are still the ones that were refused. */
export async function markNeedsReauth(db: Db, seen: { id: AccountId; tokenVersion: number }, reason: string): Promise<boolean> {
  const written = await db
    .update(accounts)
    .set({ status: 'needs_reauth', statusReason: reason, sealedAccessToken: null, accessExpiresAt: null })
    .where(and(eq(accounts.id, seen.id), eq(accounts.tokenVersion, seen.tokenVersion)));
  return written.rowCount === 1;
}
