import { embeddedDatabaseUrl, startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { kill } from 'node:process';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';

// A start takes two seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const READY = /Segue is ready at (http:\S+)/;

const startSegue = (home: string, env: Record<string, string> = {}) =>
  startProcess({ env: { PORT: '0', SEGUE_HOME: home, SANDBOX_ALBUMS: '200', ...env } });

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Processes whose working folder is the data folder: the postmaster and all its children. */
function databaseProcesses(home: string): string[] {
  const folder = path.join(home, 'postgres');
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

/** One readable line: no stack, no second error. */
function expectOneLine(output: string, sentence: RegExp): void {
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/\n\s+at /);
  expect(output.trim().split('\n')).toHaveLength(1);
}

test('a port in use is one clear sentence that suggests another port', async () => {
  using folder = temporaryFolder();
  const otherServer = createServer().listen(0, '127.0.0.1');
  await once(otherServer, 'listening');
  const address = otherServer.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await using process = startSegue(path.join(folder.path, 'home'), { PORT: String(port) });
  expect(await process.exited).toEqual({ code: 78, signal: null });
  expectOneLine(process.output(), new RegExp(`Port ${port} on 127.0.0.1 is already in use by another program\\. .* PORT=${port + 1}`));
  otherServer.close();
});

test('invalid variables are reported together, and nothing is created', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  await using process = startSegue(home, { PORT: 'http', LOG_LEVEL: 'loud' });
  expect(await process.exited).toEqual({ code: 78, signal: null });
  expect(process.output()).toMatch(/2 settings are invalid:\n {2}PORT is not .*\n {2}LOG_LEVEL is not /);
  expect(process.output()).not.toMatch(/\n\s+at /);
  expect(existsSync(home)).toBe(false);
});

test('an incomplete database folder is refused in one sentence and left unchanged', async () => {
  using folder = temporaryFolder();
  const data = path.join(folder.path, 'home', 'postgres');
  mkdirSync(path.join(data, 'base'), { recursive: true });
  writeFileSync(path.join(data, 'base', 'precious'), 'rows');
  await using process = startSegue(path.join(folder.path, 'home'));
  expect(await process.exited).toEqual({ code: 69, signal: null });
  expectOneLine(process.output(), /The database folder .* is incomplete: PG_VERSION is missing\. Restore a backup, or move the folder away/);
  expect(readFileSync(path.join(data, 'base', 'precious'), 'utf8')).toBe('rows');
});

test('a first start that was interrupted while creating the database starts again', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  mkdirSync(path.join(home, 'postgres.unfinished', 'base'), { recursive: true });
  writeFileSync(path.join(home, 'postgres.password'), 'of the first try');
  await using process = startSegue(home);
  await process.says(READY);
  expect(existsSync(path.join(home, 'postgres.unfinished'))).toBe(false);
  process.kill('SIGTERM');
  expect(await process.exited).toEqual({ code: 0, signal: null });
});

test('after kill -9 the next start recovers all acknowledged data', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  const key = await (async () => {
    await using first = startSegue(home);
    await first.says(READY);
    await query(embeddedDatabaseUrl(home), `create table acknowledged as select generate_series(1, 1000) as row`);
    first.kill('SIGKILL');
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    return readFileSync(path.join(home, 'admin-api-key'), 'utf8');
  })();
  await using second = startSegue(home);
  const [, url] = await second.says(READY);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await query(embeddedDatabaseUrl(home), 'select count(*)::int as rows from acknowledged')).toEqual([{ rows: 1000 }]);
  expect(readFileSync(path.join(home, 'admin-api-key'), 'utf8')).toBe(key);
  // The key is printed once, on the start that created it.
  expect(second.output()).not.toContain(key.trim());
  second.kill('SIGTERM');
  await second.exited;
});

test('SIGTERM leaves no process running and no lock', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  await using process = startSegue(home);
  await process.says(READY);
  expect(databaseProcesses(home).length).toBeGreaterThan(1);
  process.kill('SIGTERM');
  expect(await process.exited).toEqual({ code: 0, signal: null });
  expect(databaseProcesses(home)).toEqual([]);
  expect(existsSync(path.join(home, 'running'))).toBe(false);
  expect(existsSync(path.join(home, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('a second start in the same folder names the process that uses it, and the first keeps running', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  await using first = startSegue(home);
  const [, url] = await first.says(READY);
  await using second = startSegue(home);
  expect(await second.exited).toEqual({ code: 78, signal: null });
  expectOneLine(second.output(), new RegExp(`Segue is already running in .*home \\(process ${first.pid}\\)\\. Stop it`));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  first.kill('SIGINT');
  expect(await first.exited).toEqual({ code: 0, signal: null });
});

test('server and worker alone name the variable they need', async () => {
  using folder = temporaryFolder();
  const env = { PORT: '0', SEGUE_HOME: path.join(folder.path, 'home') };
  await using server = startProcess({ args: ['--only', 'server'], env });
  await using worker = startProcess({ script: 'jobs/main.ts', env });
  expect(await server.exited).toEqual({ code: 78, signal: null });
  expect(await worker.exited).toEqual({ code: 78, signal: null });
  expectOneLine(server.output(), /DATABASE_URL is not set\./);
  expectOneLine(worker.output(), /DATABASE_URL is not set\./);
});

test('a database that cannot be reached is one sentence without its password', async () => {
  using folder = temporaryFolder();
  await using process = startSegue(path.join(folder.path, 'home'), { DATABASE_URL: 'postgres://segue:hunter2hunter2@127.0.0.1:1/segue' });
  expect(await process.exited).toEqual({ code: 69, signal: null });
  expectOneLine(process.output(), /Cannot connect to the database at 127\.0\.0\.1:1\/segue .* Check DATABASE_URL/);
  expect(process.output()).not.toContain('hunter2');
});

test('an address that cannot be used is one sentence with what to write, before anything is created', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  for (const [url, sentence] of [
    ['postgres://u:hunter#2@127.0.0.1:1/d', /DATABASE_URL has # in the user name or password: write # as %23\./],
    ['postgres://u:p@127.0.0.1:1/d?chanel_binding=prefer', /DATABASE_URL has the parameter chanel_binding, which Segue does not know/],
    [
      'postgres://u:p@127.0.0.1:1/d?sslmode=verify-full&sslrootcert=/nowhere.pem',
      /sslrootcert with a file that cannot be read \(\/nowhere\.pem: ENOENT\)/,
    ],
  ] as const) {
    await using process = startSegue(home, { DATABASE_URL: url });
    expect(await process.exited).toEqual({ code: 78, signal: null });
    expect(process.output()).toMatch(sentence);
    expect(process.output()).not.toMatch(/hunter|\n\s+at /);
  }
});

test('an unknown setting is told at start, and a secret is read from its file', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  const keyFile = path.join(folder.path, 'key');
  writeFileSync(keyFile, 'a-key-of-many-characters\n');
  await using process = startSegue(home, { SEGUE_HOM: 'x', ADMIN_API_KEY_FILE: keyFile });
  const [, url] = await process.says(READY);
  expect(process.output()).toContain('Segue: SEGUE_HOM in the environment is not a setting of Segue and is ignored. Did you mean SEGUE_HOME?');
  expect(existsSync(path.join(home, 'admin-api-key'))).toBe(false);
  const answer = await fetch(`${url}/trpc/operations.alertHistory`, { headers: { 'x-admin-api-key': 'a-key-of-many-characters' } });
  expect(answer.status).toBe(200);
  process.kill('SIGTERM');
  await process.exited;
});

test('after kill -9 of a process of the embedded database Segue ends or goes on, and the next start has all acknowledged data', async () => {
  using folder = temporaryFolder();
  const home = path.join(folder.path, 'home');
  {
    await using first = startSegue(home);
    await first.says(READY);
    await query(embeddedDatabaseUrl(home), 'create table acknowledged as select generate_series(1, 1000) as row');
    const sessions = await query(embeddedDatabaseUrl(home), `select pid from pg_stat_activity where application_name like 'segue%' limit 1`);
    const [session] = sessions as [{ pid: number }];
    kill(session.pid, 'SIGKILL');
    await first.says(/a database connection was lost|Segue stops/);
    first.kill('SIGTERM');
    await first.exited;
  }
  await using second = startSegue(home);
  await second.says(READY);
  expect(await query(embeddedDatabaseUrl(home), 'select count(*)::int as rows from acknowledged')).toEqual([{ rows: 1000 }]);
  second.kill('SIGTERM');
  expect(await second.exited).toEqual({ code: 0, signal: null });
});
