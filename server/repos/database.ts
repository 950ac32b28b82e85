import * as schema from '#drizzle/schema/index.ts';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';

/** The pool's database. Transactions begin here. */
export type Database = NodePgDatabase<typeof schema>;
type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A database or an open transaction: what every repo function takes first. */
export type Db = Database | Transaction;

/**
 * Drizzle over node-postgres, the only driver that keeps a transaction's statements inside it when the backend dies. A transaction's session goes
 * back to the pool whatever happens: drizzle's own would keep it for ever when the backend dies at `begin`, and sixteen of those stop a house.
 */
export function createDatabase(pool: Pool): Database {
  const database: Database = drizzle(pool, { schema });
  const transaction: Database['transaction'] = async (work, config) => {
    const client = await pool.connect();
    try {
      return await overSession(client).transaction(work, config);
    } finally {
      client.release();
    }
  };
  return Object.assign(database, { transaction });
}

/** One session as a database. Without the schema, which only relational queries need: reading it costs a millisecond. */
export function overSession(client: PoolClient): Database {
  return drizzle(client) as unknown as Database;
}
