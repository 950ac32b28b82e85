import { reconnectLinks } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, eq, gt, isNull, lte } from 'drizzle-orm';
import { SKEW_MAX_MS } from '#server/repos/clock-skew.ts';
import type { Db } from '#server/repos/database.ts';

type ReconnectLink = typeof reconnectLinks.$inferSelect;

/** Keeps a new link; the account's earlier ones are gone with it, so that only the newest opens. */
export async function replaceReconnectLink(db: Db, link: Omit<ReconnectLink, 'usedAt'>): Promise<void> {
  await db.delete(reconnectLinks).where(eq(reconnectLinks.accountId, link.accountId));
  await db.insert(reconnectLinks).values(link);
}

/** Neither used nor over; and not made in the future, or a clock set back would let it live for longer than it was meant to. */
const isOpen = (now: Date, since = now) =>
  and(isNull(reconnectLinks.usedAt), gt(reconnectLinks.expiresAt, since), lte(reconnectLinks.createdAt, new Date(now.getTime() + SKEW_MAX_MS)));

/** A link that still opens. */
export async function findOpenReconnectLink(db: Db, tokenHash: string, now: Date): Promise<ReconnectLink | undefined> {
  const [link] = await db
    .select()
    .from(reconnectLinks)
    .where(and(eq(reconnectLinks.tokenHash, tokenHash), isOpen(now)));
  return link;
}

/** Uses up whatever link of the account is open since an instant; false when there was none, so a link works for exactly one caller. */
export async function markReconnectLinkUsed(db: Db, id: AccountId, when: { now: Date; openSince: Date }): Promise<boolean> {
  const used = await db
    .update(reconnectLinks)
    .set({ usedAt: when.now })
    .where(and(eq(reconnectLinks.accountId, id), isOpen(when.now, when.openSince)));
  return (used.rowCount ?? 0) > 0;
}

/** Until when each account has an open link. */
export async function listOpenReconnectLinks(db: Db, now: Date): Promise<ReadonlyMap<AccountId, Date>> {
  const open = await db.select({ accountId: reconnectLinks.accountId, expiresAt: reconnectLinks.expiresAt }).from(reconnectLinks).where(isOpen(now));
  return new Map(open.map((link) => [link.accountId, link.expiresAt]));
}

/** Forgets every link of an account; says how many there were. */
export async function deleteReconnectLinks(db: Db, id: AccountId): Promise<number> {
  return (await db.delete(reconnectLinks).where(eq(reconnectLinks.accountId, id))).rowCount ?? 0;
}
