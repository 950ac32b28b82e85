import { reconnectLinks } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';

type ReconnectLink = typeof reconnectLinks.$inferSelect;

/** Stores a new link and deletes the account's earlier ones, so that only the newest is valid. */
export async function replaceReconnectLink(db: Db, link: Omit<ReconnectLink, 'usedAt'>): Promise<void> {
  await db.delete(reconnectLinks).where(eq(reconnectLinks.accountId, link.accountId));
  await db.insert(reconnectLinks).values(link);
}

/** Neither used nor expired, and not created in the future: after a clock was set back such a link would live too long. */
const isOpen = (now: Date, since = now) =>
  and(isNull(reconnectLinks.usedAt), gt(reconnectLinks.expiresAt, since), lte(reconnectLinks.createdAt, new Date(now.getTime() + SKEW_MAX_MS)));

/** A link that is still valid. */
export async function findOpenReconnectLink(db: Db, tokenHash: string, now: Date): Promise<ReconnectLink | undefined> {
  const [link] = await db
    .select()
    .from(reconnectLinks)
    .where(and(eq(reconnectLinks.tokenHash, tokenHash), isOpen(now)));
  return link;
}

/** Marks the account's link as used if it was open at `openSince`; false when there was none, so that a link works for exactly one caller. */
export async function markReconnectLinkUsed(db: Db, id: AccountId, when: { now: Date; openSince: Date }): Promise<boolean> {
  const used = await db
    .update(reconnectLinks)
    .set({ usedAt: when.now })
    .where(and(eq(reconnectLinks.accountId, id), isOpen(when.now, when.openSince)));
  return (used.rowCount ?? 0) > 0;
}

/** Until when each account's open link is valid. */
export async function listOpenReconnectLinks(db: Db, now: Date): Promise<ReadonlyMap<AccountId, Date>> {
  const open = await db.select({ accountId: reconnectLinks.accountId, expiresAt: reconnectLinks.expiresAt }).from(reconnectLinks).where(isOpen(now));
  return new Map(open.map((link) => [link.accountId, link.expiresAt]));
}

/** Deletes every link of an account; returns how many. */
export async function deleteReconnectLinks(db: Db, id: AccountId): Promise<number> {
  return (await db.delete(reconnectLinks).where(eq(reconnectLinks.accountId, id))).rowCount ?? 0;
}
