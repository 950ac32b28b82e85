import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { databaseUser } from '#server/embedded/database-user.ts';
import { DURABLE_COMMITS } from '#tests/support/processes/restartable-postgres.ts';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import { spawnServer } from '#server/embedded/server-process.ts';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 });

const folder = temporaryFolder();
const dataFolder = path.join(folder.path, 'postgres');
let rows = 0;

/** One cluster for the whole file: creating it takes longer than everything else. */
beforeAll(async () => {
  const server = await start();
  await withClient(server.url, (client) => client.query('create table kept (row int)'));
  await server.stop();
});
afterAll(() => folder[Symbol.dispose]());

function start(log: (text: string) => void = () => {}) {
  return startEmbeddedPostgres({ dataFolder, durable: false, settings: DURABLE_COMMITS, log });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

const addRow = (url: string) => withClient(url, (client) => client.query('insert into kept values ($1)', [(rows += 1)]));

/** The number of rows after the database started again. */
async function rowsAfterRestart(): Promise<number | undefined> {
  const server = await start();
  const found = await withClient(server.url, (client) => client.query<{ rows: number }>('select count(*)::int as rows from kept'));
  await server.stop();
  return found.rows[0]?.rows;
}

/** What PostgreSQL logs, in this order, after one of its processes was killed. It did not answer a fast shutdown in the middle of it. */
const PHASES = [
  'terminating any other active server processes',
  'all server processes terminated; reinitializing',
  'database system was interrupted',
  'automatic recovery in progress',
  'checkpoint starting',
  'checkpoint complete',
  'ready to accept connections',
];

describe('after kill -9 of a process that serves a session, the database stops and starts again', () => {
  test.each([...PHASES, ...PHASES])('when it is stopped at "%s"', async (phase) => {
    let isKilled = false;
    const phases = new EventEmitter();
    const phaseReached = once(phases, 'reached');
    const server = await start((text) => (isKilled && text.includes(phase) ? void phases.emit('reached') : undefined));
    await addRow(server.url);
    await withClient(server.url, async (client) => {
      const session = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      isKilled = true;
      process.kill(session.rows[0]?.pid ?? 0, 'SIGKILL');
      await phaseReached;
    });
    await server.stop();
    expect(await rowsAfterRestart()).toBe(rows);
  });
});

test.each([1, 2, 3])('after kill -9 of the postmaster the database starts again (%i)', async () => {
  const server = await start();
  await addRow(server.url);
  process.kill(server.pid, 'SIGKILL');
  expect(await rowsAfterRestart()).toBe(rows);
  await server.stop();
});

test.each([1, 2, 3])('after kill -9 of the process that started it the database starts again at once (%i)', async () => {
  await using owner = startProcess({ script: 'tests/support/processes/embedded-owner.ts', env: { DATA_FOLDER: dataFolder } });
  const [, url = ''] = await owner.says(/ready (postgres:\S+)/);
  await addRow(url);
  owner.kill('SIGKILL');
  await owner.exited;
  expect(await rowsAfterRestart()).toBe(rows);
});

test('a server that ignores the polite signals is ended by force', async () => {
  const stubborn = spawnServer(['/bin/sh', '-c', `trap '' INT QUIT; echo started $$ >&2; while :; do sleep 1; done`], undefined, {});
  await vi.waitFor(() => expect(stubborn.tail()).toContain('started'), 60_000);
  const pid = Number(/\d+/.exec(stubborn.tail())?.[0] ?? 0);
  await stubborn.stop(pid);
  expect(stubborn.ended()).toMatch(/exit/);
});

function unknown(): never {
  throw new Error('ENOENT: no such user');
}

test('a user id without a name is refused with what to do, and other users are not', () => {
  expect(() => databaseUser(54_321, unknown)).toThrow(/user id 54321 has no entry in \/etc\/passwd\. Add one .* or set DATABASE_URL/);
  expect(databaseUser(1_000, () => ({}))).toBeUndefined();
  expect(databaseUser(0, unknown)?.uid).toBeGreaterThan(0);
});
