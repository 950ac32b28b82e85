import * as schema from '#drizzle/schema/index.ts';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';

/** The pool's database. Transactions begin here. */
export type Database = NodePgDatabase<typeof schema>;
type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A database or an open transaction: what every repo function takes first. */
export type Db = Database | Transaction;

/** Drizzle over node-postgres, the only driver that keeps a transaction's statements inside it when the backend dies. */
export function createDatabase(pool: Pool): Database {
  return drizzle(pool, { schema });
}
