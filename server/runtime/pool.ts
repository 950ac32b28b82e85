import { Pool } from 'pg';
import type { Log } from '#server/deps.ts';

interface PoolOptions {
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly log: Pick<Log, 'warn'>;
}

const CONNECT_LIMIT_MS = 10_000;

/** Opens a pool that survives database restarts: a lost connection is logged and replaced, never an uncaught error. */
export function openPool(url: string, options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    keepAlive: true,
  });
  const logLostConnection = (error: Error) => {
    // Connections that close while the pool is ending are expected.
    if (!pool.ending) options.log.warn('a database connection was lost', { pool: options.name, reason: error.message });
  };
  pool.on('error', logLostConnection);
  // The pool does not report errors of a checked-out client. Without this listener they would end the process.
  pool.on('connect', (client) => client.on('error', logLostConnection));
  return pool;
}
