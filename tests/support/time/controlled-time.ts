import type { Database } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CLOCK_MODULE = fileURLToPath(new URL('process-clock.mjs', import.meta.url));

/**
 * Controls the time of processes and of the database they share. Connections opened afterwards find this now() before PostgreSQL's own.
 * Time runs in real time from the instant that was set. Processes read the instant from a file in `folder`.
 */
export async function controlTime(db: Database, folder: string) {
  const file = path.join(folder, 'clock');
  for (const statement of [
    sql`create schema led`,
    sql`create table led.clock (ahead interval not null)`,
    sql`insert into led.clock values ('0')`,
    sql`create function led.now() returns timestamptz language sql stable as 'select pg_catalog.now() + ahead from led.clock'`,
    sql`do $$ begin execute format('alter database %I set search_path = public, led, pg_catalog', current_database()); end $$`,
  ])
    await db.execute(statement);
  return {
    /** Sets the time of the database and of all processes. */
    setTime: async (instant: string): Promise<void> => {
      await db.execute(sql`update led.clock set ahead = ${instant}::timestamptz - pg_catalog.now()`);
      writeFileSync(file, instant);
    },
    /** Environment variables of a process on this time, `skewMs` milliseconds ahead of it. */
    env: (skewMs = 0) => ({ TEST_CLOCK_FILE: file, TEST_CLOCK_SKEW_MS: String(skewMs), NODE_OPTIONS: `--import ${CLOCK_MODULE}` }),
  };
}
