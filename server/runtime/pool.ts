import { Pool } from 'pg';
import type { Log } from '#server/deps.ts';

interface PoolOptions {
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly log: Pick<Log, 'warn'>;
}

const CONNECT_LIMIT_MS = 10_000;

/** Connections to the database that survive its restarts: a lost one is noted and replaced, never an uncaught error. */
export function openPool(url: string, options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
  });
  const note = (error: Error) => {
    // Connections that are closing when the server goes are not lost.
    if (!pool.ending) options.log.warn('a database connection was lost', { pool: options.name, reason: error.message });
  };
  pool.on('error', note);
  // A client that is out on loan reports to its borrower; without a listener of its own the process would end.
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}
