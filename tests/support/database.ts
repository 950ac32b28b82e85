import { createDatabase } from '#server/repos/database.ts';
import type { Database } from '#server/repos/database.ts';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'pg';
import { inject } from 'vitest';
import { withAdmin, withDatabase } from './template.ts';

const OBJECT_IN_USE = '55006';
const CLONE_TRIES = 80;
const CLONE_WAIT_MS = 25;

/** Clones the template: a migrated, empty database for one test. Returns its address. */
export async function cloneDatabase(): Promise<string> {
  const adminUrl = inject('adminDatabaseUrl');
  const run = inject('testRun');
  const name = `${run}${randomBytes(6).toString('hex')}`;
  await withAdmin(adminUrl, async (admin) => {
    for (let tries = 1; ; tries += 1) {
      try {
        await admin.query(`create database ${name} template ${run}template strategy file_copy`);
        return;
      } catch (error) {
        // Another test is cloning the template.
        const isBusy = error instanceof Error && 'code' in error && error.code === OBJECT_IN_USE;
        if (!isBusy || tries === CLONE_TRIES) throw error;
        await wait(CLONE_WAIT_MS);
      }
    }
  });
  return withDatabase(adminUrl, name);
}

/** Creates an empty database without migrations. Returns its address. */
export async function createEmptyDatabase(): Promise<string> {
  const adminUrl = inject('adminDatabaseUrl');
  const name = `${inject('testRun')}${randomBytes(6).toString('hex')}`;
  await withAdmin(adminUrl, (admin) => admin.query(`create database ${name}`));
  return withDatabase(adminUrl, name);
}

/** A cloned database with its pool, for tests of one repo or one schema rule: `await using database = await openTestDatabase()`. */
export async function openTestDatabase(): Promise<{ url: string; pool: Pool; db: Database; [Symbol.asyncDispose]: () => Promise<void> }> {
  const url = await cloneDatabase();
  const pool = new Pool({ connectionString: url, max: 5 });
  return { url, pool, db: createDatabase(pool), [Symbol.asyncDispose]: () => pool.end() };
}
