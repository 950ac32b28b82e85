import { openPool } from '#server/database/pool.ts';
import { checkDatabase, prepareDatabase } from '#server/database/prepare-database.ts';
import { runWorker } from '#jobs/run-worker.ts';
import { startTestApp } from '#tests/support/app.ts';
import { cloneDatabase, createEmptyDatabase } from '#tests/support/database.ts';
import { createTestLog } from '#tests/support/log.ts';
import { withAdmin, withDatabase } from '#tests/support/template.ts';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describe, expect, inject, test } from 'vitest';

/** Defaults that an operator, a hosting company or another program may have set on a database. */
const ODD_DEFAULTS = {
  datestyle: 'German, DMY',
  timezone: 'America/New_York',
  intervalstyle: 'iso_8601',
  bytea_output: 'escape',
  extra_float_digits: '-5',
  standard_conforming_strings: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  search_path: 'nowhere',
  client_encoding: 'LATIN1',
  statement_timeout: '1ms',
  lock_timeout: '1ms',
};

const PROBE = `select (timestamptz '2026-11-29 22:00:00Z')::text as at, (date '2026-11-29')::text as day, (interval '90 min')::text as span,
  (0.1::float8 + 0.2::float8)::text as sum, 'a\\b' as text, 'ä日' as letters, ('\\x00ff'::bytea)::text as bytes, (null = null) is null as unknown,
  current_setting('transaction_isolation') as isolation, current_schema() as schema`;
const EXPECTED = {
  at: '2026-11-29 22:00:00+00',
  day: '2026-11-29',
  span: '01:30:00',
  sum: '0.30000000000000004',
  text: 'a\\b',
  letters: 'ä日',
  bytes: '\\x00ff',
  unknown: true,
  isolation: 'read committed',
  schema: 'public',
};

async function oddDatabase(): Promise<string> {
  const url = await cloneDatabase();
  const name = new URL(url).pathname.slice(1);
  await withAdmin(inject('adminDatabaseUrl'), async (client) => {
    for (const [setting, value] of Object.entries(ODD_DEFAULTS)) await client.query(`alter database ${name} set ${setting} = '${value}'`);
  });
  return url;
}

test('whatever the defaults of the database are, every connection of every role has the same settings', async () => {
  const databaseUrl = await oddDatabase();
  await using app = await startTestApp({ databaseUrl });
  for (const { pool, stream } of [app.deps, app.deps.pages.public, app.deps.pages.operator]) {
    expect((await pool.query(PROBE)).rows).toEqual([EXPECTED]);
    expect([...(await stream.unsafe(PROBE))]).toEqual([EXPECTED]);
  }
  await using workers = await poolOfWorker(app);
  expect((await workers.pool.query(PROBE)).rows).toEqual([EXPECTED]);
  expect(await app.as({ kind: 'anonymous' }).playlists.overview()).toBeDefined();
});

/** The worker of this process runs on a database with odd defaults; its pool is opened as runWorker opens it. */
async function poolOfWorker(app: Awaited<ReturnType<typeof startTestApp>>) {
  const worker = await runWorker(app.deps, {
    databaseUrl: app.databaseUrl,
    tasks: {},
    crontab: '',
    isOnlyProcess: true,
    onFatal: (error) => {
      throw error;
    },
  });
  const pool = openPool(app.databaseUrl, { role: 'jobs', max: 1, name: 'test', log: app.deps.log });
  return {
    pool,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await worker.stop();
    },
  };
}

test('a database with odd defaults is migrated', async () => {
  const url = await createEmptyDatabase();
  const name = new URL(url).pathname.slice(1);
  for (const setting of [`default_transaction_isolation = 'serializable'`, `statement_timeout = '1ms'`, 'search_path = nowhere'])
    await admin(`alter database ${name} set ${setting}`);
  await expect(prepareDatabase(url, createTestLog().log)).resolves.toBe(url);
});

const admin = (text: string) => withAdmin(inject('adminDatabaseUrl'), (client) => client.query(text));
const newName = () => `${inject('testRun')}${randomUUID().replaceAll('-', '')}`;
const urlOf = (name: string) => withDatabase(inject('adminDatabaseUrl'), name);

describe('a database that Segue could start with, but not work with, is refused with what to do', () => {
  test.each(['LATIN1', 'SQL_ASCII', 'EUC_JP', 'WIN1252'])('encoded in %s', async (encoding) => {
    const name = newName();
    await admin(`create database ${name} encoding '${encoding}' locale_provider libc lc_collate 'C' lc_ctype 'C' template template0`);
    await expect(checkDatabase(urlOf(name))).rejects.toThrow(
      new RegExp(`${name} is encoded in ${encoding}, and Segue needs UTF8\\. Create another one`),
    );
  });

  test('read-only', async () => {
    const name = newName();
    await admin(`create database ${name}`);
    await admin(`alter database ${name} set default_transaction_read_only = on`);
    await expect(checkDatabase(urlOf(name))).rejects.toThrow(/is read-only .*alter database .* set default_transaction_read_only = off/);
  });

  test('without the right to create anything, also one that has some rights', async () => {
    const [name, user] = [newName(), newName()];
    await admin(`create database ${name}`);
    await admin(`create role ${user} login password 'p'; grant all on database ${name} to ${user}`);
    const url = Object.assign(new URL(urlOf(name)), { username: user, password: 'p' }).toString();
    const { log } = createTestLog();
    await expect(prepareDatabase(url, log)).rejects.toThrow(new RegExp(`permission denied .*alter database "${name}" owner to "${user}"`));
    await admin(`alter database ${name} owner to ${user}`);
    // The right to create the extensions comes with the database; the schema public belongs to its owner.
    await expect(prepareDatabase(url, log)).resolves.toBe(url);
    await admin(`drop database ${name} with (force)`);
    await admin(`drop role ${user}`);
  });

  test('that does not exist, for a user that does not exist, with a wrong password, or without a free connection', async () => {
    const [name, user] = [newName(), newName()];
    const url = (username: string, password: string) => Object.assign(new URL(urlOf(name)), { username, password }).toString();
    await expect(checkDatabase(urlOf(name))).rejects.toThrow(new RegExp(`database "${name}" does not exist\\)\\. Create the database`));
    await admin(`create database ${name}`);
    await expect(checkDatabase(url(user, 'p'))).rejects.toThrow(/does not let .* in \((password authentication failed|role .* does not exist)/);
    await admin(`create role ${user} login password 'right' connection limit 0`);
    await expect(checkDatabase(url(user, 'wrong'))).rejects.toThrow(/password authentication failed.*Correct the password/);
    await expect(checkDatabase(url(user, ''))).rejects.toThrow(/DATABASE_URL has no password/);
    await expect(checkDatabase(url(user, 'right'))).rejects.toThrow(/too many connections for role .*Raise max_connections/);
    await admin(`drop role ${user}`);
  });

  test('whose tables an earlier version created in another schema', async () => {
    const url = await cloneDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('create schema elsewhere; alter table album_sources set schema elsewhere');
    await client.end();
    await expect(checkDatabase(url)).rejects.toThrow(/are in the schema elsewhere, and Segue uses only the schema public/);
  });
});
