import { vendorCapabilities } from '#drizzle/schema/index.ts';
import { eq } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** The endpoints that a vendor refused to an app. */
export async function listRefusedEndpoints(db: Db, app: string): Promise<string[]> {
  const rows = await db.select({ endpoint: vendorCapabilities.endpoint }).from(vendorCapabilities).where(eq(vendorCapabilities.app, app));
  return rows.map((row) => row.endpoint);
}

/** Records a refusal, once. */
export async function insertRefusedEndpoint(
  db: Db,
  refusal: { app: string; endpoint: string; profile: (typeof vendorCapabilities.$inferInsert)['profile']; at: Date },
): Promise<void> {
  const { at, ...rest } = refusal;
  await db
    .insert(vendorCapabilities)
    .values({ ...rest, refusedAt: at })
    .onConflictDoNothing();
}
