import { migrateDatabase, requireOrder, requirePrefix } from '#server/database/migrations.ts';
import { cloneDatabase, createEmptyDatabase } from '#tests/support/database.ts';
import { Client } from 'pg';
import { expect, test } from 'vitest';

const entry = (hash: string, folderMillis: number) => ({ hash, folderMillis });

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('three processes that start at once on an empty database apply every migration once', async () => {
  const url = await createEmptyDatabase();
  await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
  const applied = await query(url, 'select hash, count(*)::int as times from drizzle.__drizzle_migrations group by hash');
  expect(applied.length).toBeGreaterThanOrEqual(3);
  expect(applied.every((row) => row['times'] === 1)).toBe(true);
  expect(await query(url, `select to_regclass('graphile_worker._private_jobs') is not null as found`)).toEqual([{ found: true }]);
});

test('a database that is newer than this version is refused with what to do', async () => {
  const url = await cloneDatabase();
  await query(url, `insert into drizzle.__drizzle_migrations (hash, created_at) values ('from-the-future', 9999999999999)`);
  await expect(migrateDatabase(url)).rejects.toMatchObject({
    message: expect.stringContaining('newer than this version of Segue'),
    remedy: 'Start the newer version.',
  });
});

test('a migration that was changed after it was applied is refused', async () => {
  const url = await cloneDatabase();
  await query(url, `update drizzle.__drizzle_migrations set hash = 'other' where id = 2`);
  await expect(migrateDatabase(url)).rejects.toThrow(/Migration 1 was changed after it was applied/);
});

test('a journal entry that is not later than the one before is an error, where drizzle would skip it silently', () => {
  expect(() => requireOrder([entry('a', 1), entry('b', 2)])).not.toThrow();
  expect(() => requireOrder([entry('a', 2), entry('b', 2)])).toThrow(/Migration 1 .* not later/);
  expect(() => requirePrefix([entry('a', 1), entry('b', 2)], ['a'])).not.toThrow();
});
