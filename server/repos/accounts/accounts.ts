import { accounts, playlistAccountMap } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { and, asc, count, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type Account = typeof accounts.$inferSelect;
export type AccountWithLoad = Account & { readonly playlists: number };
type NewAccount = typeof accounts.$inferInsert;

/** Sealed tokens of one account, with when the access token dies. */
interface SealedTokens {
  readonly sealedAccessToken: string;
  readonly sealedRefreshToken: string;
  readonly accessExpiresAt: Date;
}

export async function findAccount(db: Db, id: AccountId): Promise<Account | undefined> {
  const [account] = await db.select().from(accounts).where(eq(accounts.id, id));
  return account;
}

export async function findAccountBySpotifyUser(db: Db, spotifyUserId: string): Promise<Account | undefined> {
  const [account] = await db.select().from(accounts).where(eq(accounts.spotifyUserId, spotifyUserId));
  return account;
}

/** Every account that is connected with the number of playlists it carries, oldest first. */
export async function listAccountsWithLoad(db: Db): Promise<readonly AccountWithLoad[]> {
  const rows = await db
    .select({ account: accounts, playlists: count(playlistAccountMap.id) })
    .from(accounts)
    .leftJoin(playlistAccountMap, and(eq(playlistAccountMap.accountId, accounts.id), ne(playlistAccountMap.status, 'retired')))
    .where(isNull(accounts.disconnectedAt))
    .groupBy(accounts.id)
    .orderBy(asc(accounts.connectedAt), asc(accounts.id));
  return rows.map(({ account, playlists }) => ({ ...account, playlists }));
}

/** Accounts whose tokens are to be kept alive: neither waiting for their owner nor switched off. */
export async function listRefreshableAccounts(db: Db): Promise<readonly Pick<Account, 'id' | 'displayName' | 'tokenVersion' | 'accessExpiresAt'>[]> {
  return db
    .select({
      id: accounts.id,
      displayName: accounts.displayName,
      tokenVersion: accounts.tokenVersion,
      accessExpiresAt: accounts.accessExpiresAt,
    })
    .from(accounts)
    .where(and(inArray(accounts.status, ['active', 'limited']), isNotNull(accounts.sealedRefreshToken)))
    .orderBy(asc(accounts.accessExpiresAt), asc(accounts.id));
}

export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await db.insert(accounts).values(account);
}

/** A fresh authorisation of a known account: new tokens and a new version. */
export async function markAccountReconnected(db: Db, id: AccountId, fresh: Omit<NewAccount, 'id' | 'spotifyUserId' | 'connectedAt'>): Promise<void> {
  await db
    .update(accounts)
    .set({ ...fresh, tokenVersion: sql`${accounts.tokenVersion} + 1` })
    .where(eq(accounts.id, id));
}

/** Keeps refreshed tokens only if nobody wrote others since `seenVersion`; false means theirs are newer. */
export async function markTokensRefreshed(db: Db, seen: { id: AccountId; tokenVersion: number }, tokens: SealedTokens): Promise<boolean> {
  const written = await db
    .update(accounts)
    .set({ ...tokens, tokenVersion: seen.tokenVersion + 1 })
    .where(and(eq(accounts.id, seen.id), eq(accounts.tokenVersion, seen.tokenVersion)));
  return written.rowCount === 1;
}

interface Stop {
  readonly reason: string;
  readonly at: Date;
  /** What is granted now, where that is why. */
  readonly scopes?: readonly string[];
}

/** Stops an account until its owner authorises it again; only if the tokens are still the ones that were refused. One that is switched off stays so. */
export async function markNeedsReauth(db: Db, seen: { id: AccountId; tokenVersion: number }, stop: Stop): Promise<boolean> {
  const written = await db
    .update(accounts)
    .set({
      status: 'needs_reauth',
      statusReason: stop.reason,
      statusChangedAt: stop.at,
      sealedAccessToken: null,
      accessExpiresAt: null,
      ...(stop.scopes ? { scopes: [...stop.scopes] } : {}),
    })
    .where(and(eq(accounts.id, seen.id), eq(accounts.tokenVersion, seen.tokenVersion), ne(accounts.status, 'disabled')));
  return written.rowCount === 1;
}

/** Another status with its reason, from one of the given ones only; false when it had none of them. */
export async function markAccountStatus(
  db: Db,
  id: AccountId,
  change: { from: readonly AccountStatus[]; to: AccountStatus; reason: string | null; at: Date },
): Promise<boolean> {
  const written = await db
    .update(accounts)
    .set({ status: change.to, statusReason: change.reason, statusChangedAt: change.at })
    .where(and(eq(accounts.id, id), inArray(accounts.status, [...change.from])));
  return written.rowCount === 1;
}

export async function markAccountLimits(db: Db, id: AccountId, limits: Pick<Account, 'maxPlaylists' | 'requestsPerMinute'>): Promise<void> {
  await db.update(accounts).set(limits).where(eq(accounts.id, id));
}
