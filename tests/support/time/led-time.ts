import type { Database } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CLOCK_MODULE = fileURLToPath(new URL('led-clock.mjs', import.meta.url));

/**
 * Time that a test leads, for processes and for the database they share: whoever opens a connection afterwards finds our now() before PostgreSQL's own.
 * Time goes on in real time from the instant it was led to. `folder` is where the processes look.
 */
export async function leadTime(db: Database, folder: string) {
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
    /** Brings everybody to an instant. */
    lead: async (instant: string): Promise<void> => {
      await db.execute(sql`update led.clock set ahead = ${instant}::timestamptz - pg_catalog.now()`);
      writeFileSync(file, instant);
    },
    /** Variables for a process that lives in this time, so many milliseconds ahead of it. */
    env: (skewMs = 0) => ({ LED_CLOCK: file, LED_SKEW_MS: String(skewMs), NODE_OPTIONS: `--import ${CLOCK_MODULE}` }),
  };
}
