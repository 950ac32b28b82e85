import { loraModels } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { LoraId } from '#shared/ids.ts';
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';

export type LoraRow = typeof loraModels.$inferSelect;

/** All LoRAs by name; with `isActive` only those. */
export function listLoraRows(db: Db, { isActive }: { readonly isActive?: boolean } = {}): Promise<LoraRow[]> {
  return db
    .select()
    .from(loraModels)
    .where(isActive === undefined ? undefined : eq(loraModels.active, isActive))
    .orderBy(asc(sql`lower(${loraModels.name})`));
}

/** The LoRAs of the ids that exist, in no order. */
export async function findLoraRows(db: Db, ids: readonly LoraId[]): Promise<LoraRow[]> {
  return ids.length === 0
    ? []
    : db
        .select()
        .from(loraModels)
        .where(inArray(loraModels.id, [...ids]));
}

/** True when another LoRA has the name; upper and lower case count as equal. */
export async function hasLoraName(db: Db, name: string, exceptId: LoraId): Promise<boolean> {
  const found = await db
    .select({ id: loraModels.id })
    .from(loraModels)
    .where(and(eq(sql`lower(${loraModels.name})`, sql`lower(${name})`), ne(loraModels.id, exceptId)));
  return found.length > 0;
}

/** Adds a LoRA. The caller holds the lock of names. */
export async function insertLora(db: Db, row: typeof loraModels.$inferInsert): Promise<void> {
  await db.insert(loraModels).values(row);
}

/** Sets the given columns; false when there is no such LoRA. */
export async function markLora(
  db: Db,
  id: LoraId,
  columns: Partial<Pick<LoraRow, 'name' | 'triggers' | 'defaultWeight' | 'active'>>,
): Promise<boolean> {
  const changed = await db.update(loraModels).set(columns).where(eq(loraModels.id, id)).returning({ id: loraModels.id });
  return changed.length > 0;
}

/** False when there was no such LoRA. Stored renders keep its id. */
export async function deleteLora(db: Db, id: LoraId): Promise<boolean> {
  const removed = await db.delete(loraModels).where(eq(loraModels.id, id)).returning({ id: loraModels.id });
  return removed.length > 0;
}
