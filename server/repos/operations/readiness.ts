import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

/** The number of applied migrations; 0 before the first. */
export async function countAppliedMigrations(db: Db): Promise<number> {
  const known = await db.execute<{ known: boolean }>(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as known`);
  if (!known.rows[0]?.known) return 0;
  const counted = await db.execute<{ applied: number }>(sql`select count(*)::int as applied from drizzle.__drizzle_migrations`);
  return counted.rows[0]?.applied ?? 0;
}
