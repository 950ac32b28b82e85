import * as schema from '#drizzle/schema/index.ts';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';

export type { Pool };

/** The pool's database, where transactions start. */
export type Database = NodePgDatabase<typeof schema>;
type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A database or an open transaction: what every repo function takes first. */
export type Db = Database | Transaction;

/**
 * Drizzle over node-postgres, the only driver that keeps a transaction's statements inside it when the backend dies. Always returns a transaction's
 * session to the pool: drizzle's own transaction leaks it when the backend dies at `begin`, and sixteen leaks exhaust the pool.
 */
export function createDatabase(pool: Pool): Database {
  const database: Database = drizzle(pool, { schema });
  const transaction: Database['transaction'] = async (work, config) => {
    const client = await pool.connect();
    try {
      return await databaseOfSession(client).transaction(work, config);
    } finally {
      client.release();
    }
  };
  return Object.assign(database, { transaction });
}

/** One session as a database, without the schema: only relational queries need it, and reading it costs 1 ms. */
export function databaseOfSession(client: PoolClient): Database {
  return drizzle(client) as unknown as Database;
}
