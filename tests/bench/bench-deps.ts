import { createCaches } from '#server/caches.ts';
import { createDatabase } from '#server/repos/database.ts';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import postgres from 'postgres';

/** The dependencies of curation at a fixed time: database, log and clock only. */
export function createBenchDeps(url: string, at: Date) {
  const pool = new Pool({ connectionString: url, max: 6 });
  pool.on('error', () => {});
  const stream = postgres(url, { max: 2, onnotice() {} });
  const silentLog = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    db: createDatabase(pool),
    pool,
    stream,
    log: silentLog,
    now: () => at,
    newId: randomUUID,
    caches: createCaches(),
    faultPoint() {},
    async close() {
      await stream.end();
      await pool.end();
    },
  };
}
