import { Pool } from 'pg';
import type { Log } from '#server/deps.ts';
import { pgConfig } from './drivers.ts';
import type { DatabaseRole } from './session-settings.ts';
import { watchStalls } from './stall-watch.ts';

interface PoolOptions {
  readonly role: DatabaseRole;
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * Opens a pool that survives database restarts: a lost connection is logged and replaced, never an uncaught error. In the pools of pages, connections
 * to a server that stopped answering are ended after seconds. Throws DatabaseUrlError.
 */
export function openPool(url: string, { role, max, name, log }: PoolOptions): Pool {
  const pool = new Pool({ ...pgConfig(url, { role, name }), max });
  const logLostConnection = (error: Error) => {
    // Connections that close while the pool is ending are expected.
    if (!pool.ending) log.warn('a database connection was lost', { pool: name, reason: error.message });
  };
  pool.on('error', logLostConnection);
  // The pool does not report errors of a checked-out client. Without this listener they would end the process.
  pool.on('connect', (client) => client.on('error', logLostConnection));
  if (role === 'public' || role === 'operator') watchStalls(pool, { url, role, log });
  return pool;
}
