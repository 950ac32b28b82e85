import { accounts, playlistAccountMap } from '#drizzle/schema/index.ts';
import type { AccountId, UserId } from '#shared/ids.ts';
import type { AccountStatus } from '#shared/vocabulary.ts';
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export type Account = typeof accounts.$inferSelect;
export type AccountWithLoad = Account & { readonly playlists: number };
type NewAccount = typeof accounts.$inferInsert;

/** The encrypted tokens of one account, and when the access token expires. */
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

/** Every connected account that hosts playlists of the network, with their number, oldest first. */
export async function listAccountsWithLoad(db: Db): Promise<readonly AccountWithLoad[]> {
  const rows = await db
    .select({ account: accounts, playlists: count(playlistAccountMap.id) })
    .from(accounts)
    .leftJoin(playlistAccountMap, and(eq(playlistAccountMap.accountId, accounts.id), ne(playlistAccountMap.status, 'retired')))
    .where(and(isNull(accounts.disconnectedAt), eq(accounts.isHost, true)))
    .groupBy(accounts.id)
    .orderBy(asc(accounts.connectedAt), asc(accounts.id));
  return rows.map(({ account, playlists }) => ({ ...account, playlists }));
}

/** Accounts of the network whose tokens are refreshed ahead: neither in need of re-authorization nor switched off. */
export async function listRefreshableAccounts(db: Db): Promise<readonly Pick<Account, 'id' | 'displayName' | 'tokenVersion' | 'accessExpiresAt'>[]> {
  return db
    .select({
      id: accounts.id,
      displayName: accounts.displayName,
      tokenVersion: accounts.tokenVersion,
      accessExpiresAt: accounts.accessExpiresAt,
    })
    .from(accounts)
    .where(and(inArray(accounts.status, ['active', 'limited']), isNotNull(accounts.sealedRefreshToken), eq(accounts.isHost, true)))
    .orderBy(asc(accounts.accessExpiresAt), asc(accounts.id));
}

/** The connected accounts of a person: those that they authorized for their own playlists, and those that they sign in with. The latest authorized first. */
export async function listAccountsOf(db: Db, userId: UserId): Promise<Account[]> {
  const signsIn = sql`${accounts.spotifyUserId} in (select subject from user_identities where provider = 'spotify' and user_id = ${userId})`;
  return db
    .select()
    .from(accounts)
    .where(and(isNull(accounts.disconnectedAt), or(eq(accounts.ownerUserId, userId), signsIn)))
    .orderBy(sql`${accounts.ownerUserId} is not distinct from ${userId}::uuid desc`, desc(accounts.authorizedAt), asc(accounts.id));
}

export async function insertAccount(db: Db, account: NewAccount): Promise<void> {
  await db.insert(accounts).values(account);
}

/** Stores a new authorization of an existing account: new tokens and a new version. */
export async function markAccountReconnected(db: Db, id: AccountId, fresh: Omit<NewAccount, 'id' | 'spotifyUserId' | 'connectedAt'>): Promise<void> {
  await db
    .update(accounts)
    .set({ ...fresh, tokenVersion: sql`${accounts.tokenVersion} + 1` })
    .where(eq(accounts.id, id));
}

/** Stores refreshed tokens unless others were written since `seenVersion`; false means that those are newer. */
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
  /** The scopes granted now, if they are the reason. */
  readonly scopes?: readonly string[];
}

/** Marks an account as needing re-authorization, only if its tokens are still the refused ones. A switched-off account stays switched off. */
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

/** Deletes the tokens and scopes of an account; what was read with an older version of them is not written any more. */
export async function deleteTokens(db: Db, id: AccountId, { reason, at }: Omit<Stop, 'scopes'>): Promise<void> {
  await db
    .update(accounts)
    .set({
      status: 'needs_reauth',
      statusReason: reason,
      statusChangedAt: at,
      sealedAccessToken: null,
      sealedRefreshToken: null,
      accessExpiresAt: null,
      scopes: [],
      tokenVersion: sql`${accounts.tokenVersion} + 1`,
    })
    .where(eq(accounts.id, id));
}

/** Sets a status with its reason if the account has one of the given statuses; false otherwise. */
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

/** Records that an account no longer grants a scope. */
export async function removeScope(db: Db, id: AccountId, scope: string): Promise<void> {
  await db
    .update(accounts)
    .set({ scopes: sql`array_remove(${accounts.scopes}, ${scope})` })
    .where(eq(accounts.id, id));
}
