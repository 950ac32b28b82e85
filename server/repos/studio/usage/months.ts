import { costLedger, monthlyUsage, renders, userLimits, users } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { RenderId, UserId } from '#shared/ids.ts';
import type { CostState, RenderState, Role, StudioVendor } from '#shared/vocabulary.ts';
import { and, asc, eq, sql } from 'drizzle-orm';

export interface MonthUse {
  readonly renders: number;
  readonly usdMicros: number;
}

/** What counts against a person's month; `person` is a user's id or `operator`. */
export async function readMonth(db: Db, { person, month }: { person: string; month: string }): Promise<MonthUse> {
  const found = await db
    .select({ renders: monthlyUsage.renders, usdMicros: monthlyUsage.usdMicros })
    .from(monthlyUsage)
    .where(and(eq(monthlyUsage.person, person), eq(monthlyUsage.month, month)));
  return found[0] ?? { renders: 0, usdMicros: 0 };
}

type LimitRow = typeof userLimits.$inferSelect;

export async function findUserLimits(db: Db, userId: UserId): Promise<LimitRow | undefined> {
  return (await db.select().from(userLimits).where(eq(userLimits.userId, userId)))[0];
}

export async function writeUserLimits(db: Db, row: LimitRow): Promise<void> {
  await db.insert(userLimits).values(row).onConflictDoUpdate({ target: userLimits.userId, set: row });
}

export async function deleteUserLimits(db: Db, userId: UserId): Promise<void> {
  await db.delete(userLimits).where(eq(userLimits.userId, userId));
}

export interface PersonMonth extends MonthUse {
  readonly person: string;
  readonly name: string | null;
  readonly role: Role | null;
  readonly limits: LimitRow | null;
  readonly suspendedAt: Date | null;
  /** Renders that are not sent, and those that a vendor has. */
  readonly waiting: number;
  readonly running: number;
  readonly lastRenderAt: Date | null;
}

const lastRender = sql<Date | null>`(select max(r.created_at) from ${renders} r where r.user_id = ${users.id})`.mapWith(renders.createdAt);
/** Open renders of the person in these states. */
const openIn = (...states: readonly RenderState[]) =>
  sql<number>`(select count(*)::int from ${renders} r where r.user_id = ${users.id} and r.state in ${states})`;

/** Everybody with an account, and everybody else with costs in the month, the highest cost first. */
export async function listPeopleMonths(db: Db, month: string): Promise<PersonMonth[]> {
  const rows = await db
    .select({
      person: sql<string>`coalesce(${users.id}::text, ${monthlyUsage.person})`.as('who'),
      name: users.displayName,
      role: users.role,
      limits: userLimits,
      renders: monthlyUsage.renders,
      usdMicros: monthlyUsage.usdMicros,
      suspendedAt: users.suspendedAt,
      waiting: openIn('queued'),
      running: openIn('sending', 'waiting', 'storing'),
      lastRenderAt: lastRender,
    })
    .from(users)
    .fullJoin(monthlyUsage, and(sql`${monthlyUsage.person} = ${users.id}::text`, eq(monthlyUsage.month, month)))
    .leftJoin(userLimits, eq(userLimits.userId, users.id))
    .where(sql`${monthlyUsage.month} is null or ${monthlyUsage.month} = ${month}::date`)
    .orderBy(sql`coalesce(${monthlyUsage.usdMicros}, 0) desc, coalesce(${monthlyUsage.renders}, 0) desc, who`);
  return rows.map((row) => ({ ...row, renders: row.renders ?? 0, usdMicros: row.usdMicros ?? 0 }));
}

/** The ledger of a month by vendor and state. */
export async function sumLedger(db: Db, month: string): Promise<{ vendor: StudioVendor; state: CostState; renders: number; usdMicros: number }[]> {
  return db
    .select({
      vendor: costLedger.vendor,
      state: costLedger.state,
      renders: sql<number>`count(*)::int`,
      usdMicros: sql<number>`sum(coalesce(${costLedger.chargedUsdMicros}, ${costLedger.reservedUsdMicros}))::float8`,
    })
    .from(costLedger)
    .where(eq(costLedger.month, month))
    .groupBy(costLedger.vendor, costLedger.state)
    .orderBy(costLedger.vendor, costLedger.state);
}

interface UnknownCostRow {
  readonly renderId: RenderId;
  readonly vendor: StudioVendor;
  readonly model: string | null;
  readonly name: string | null;
  readonly usdMicros: number;
  readonly at: Date;
}

/** Costs that are not known, of any month, the oldest first. */
export async function listUnknownCosts(db: Db, limit: number): Promise<UnknownCostRow[]> {
  return db
    .select({
      renderId: costLedger.renderId,
      vendor: costLedger.vendor,
      model: renders.model,
      name: users.displayName,
      usdMicros: costLedger.reservedUsdMicros,
      at: costLedger.reservedAt,
    })
    .from(costLedger)
    .leftJoin(renders, eq(renders.id, costLedger.renderId))
    .leftJoin(users, sql`${users.id}::text = ${costLedger.person}`)
    .where(eq(costLedger.state, 'unknown'))
    .orderBy(asc(costLedger.reservedAt), asc(costLedger.renderId))
    .limit(limit);
}

/** A cost of the ledger. */
export async function findCost(db: Db, id: RenderId): Promise<typeof costLedger.$inferSelect | undefined> {
  return (await db.select().from(costLedger).where(eq(costLedger.renderId, id)))[0];
}
