import type { Database } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CLOCK_MODULE = fileURLToPath(new URL('process-clock.mjs', import.meta.url));

/**
 * Controls the time of processes and of the database they share, whose now() is replaced: a session's own search_path leaves no room for another.
 * Time runs in real time from the instant that was set. Processes read the instant from a file in `folder`.
 */
export async function controlTime(db: Database, folder: string) {
  const file = path.join(folder, 'clock');
  for (const statement of [
    sql`create schema led`,
    sql`create table led.clock (ahead interval not null)`,
    sql`insert into led.clock values ('0')`,
    sql`create function led.now() returns timestamptz language sql stable as 'select transaction_timestamp() + ahead from led.clock'`,
    sql`create or replace function pg_catalog.now() returns timestamptz language sql stable as 'select led.now()'`,
  ])
    await db.execute(statement);
  return {
    /** Sets the time of the database and of all processes. */
    setTime: async (instant: string): Promise<void> => {
      await db.execute(sql`update led.clock set ahead = ${instant}::timestamptz - transaction_timestamp()`);
      writeFileSync(file, instant);
    },
    /** Environment variables of a process on this time, `skewMs` milliseconds ahead of it. */
    env: (skewMs = 0) => ({ TEST_CLOCK_FILE: file, TEST_CLOCK_SKEW_MS: String(skewMs), NODE_OPTIONS: `--import ${CLOCK_MODULE}` }),
  };
}
