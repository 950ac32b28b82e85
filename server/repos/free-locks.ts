import * as schema from '#drizzle/schema/index.ts';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';
import type { Database } from './database.ts';

/** A lost session fails its next query; without a listener its error would end the process. */
function noteNothing(): void {}

/**
 * Runs work while one Postgres session holds those of the named locks that are free; work receives their names. They are released when work or the
 * session ends. One round trip for all of them.
 */
export async function withFreeLocks<T>(
  pool: Pool,
  names: readonly string[],
  work: (db: Database, taken: ReadonlySet<string>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isFreed = false;
  client.on('error', noteNothing);
  try {
    const db = drizzle(client, { schema }) as unknown as Database;
    const found = await db.execute<{ name: string }>(sql`
      select name from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) as n(name) where pg_try_advisory_lock(hashtextextended(name, 0))`);
    const value = await work(db, new Set(found.rows.map((row) => row.name)));
    await client.query('select pg_advisory_unlock_all()');
    isFreed = true;
    return value;
  } finally {
    client.off('error', noteNothing);
    // A session that may still hold a lock must not be reused.
    client.release(!isFreed);
  }
}
