import { sql } from 'drizzle-orm';
import type { Pool, PoolClient } from 'pg';
import { databaseOfSession } from './database.ts';
import type { Database } from './database.ts';

export type Locked<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'busy'; readonly name: string };

/**
 * Runs work while one Postgres session holds all the named locks, or returns `busy` at once when another session holds one of them. The work gets
 * that session's own database: when the session ends, the locks are free and nothing more can be committed through it, so a writer that was suspended
 * or cut off cannot continue beside its successor. Does not work through a transaction-mode pooler.
 *
 * States: free → locked (all names acquired) → released (unlock succeeded, or the connection is destroyed).
 */
export async function withAdvisoryLocks<T>(pool: Pool, names: readonly string[], work: (db: Database) => Promise<T>): Promise<Locked<T>> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    const db = databaseOfSession(client);
    const busy = await acquireAll(db, names);
    return busy === undefined ? { kind: 'done', value: await work(db) } : { kind: 'busy', name: busy };
  } finally {
    const freed = broken === undefined && (await releaseAll(client));
    client.off('error', onError);
    // A session that may still hold a lock must not be reused.
    client.release(!freed);
  }
}

/** Whether the session that holds the locks still answers; false when it ended, and its locks with it. */
export async function isSessionAnswering(db: Database): Promise<boolean> {
  return db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
}

async function acquireAll(db: Database, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const acquired = await db.execute<{ taken: boolean }>(sql`select pg_try_advisory_lock(hashtextextended(${name}, 0)) as taken`);
    if (acquired.rows[0]?.taken !== true) return name;
  }
  return undefined;
}

async function releaseAll(client: PoolClient): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_all()');
    return true;
  } catch {
    return false;
  }
}
