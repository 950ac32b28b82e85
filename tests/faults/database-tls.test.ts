import { checkDatabase, prepareDatabase } from '#server/database/prepare-database.ts';
import { openStream, pgConfig } from '#server/database/drivers.ts';
import { databaseUser } from '#server/embedded/database-user.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import type { EmbeddedPostgres } from '#server/embedded/postgres.ts';
import { createTestLog } from '#tests/support/log.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = temporaryFolder();
const at = (name: string) => path.join(folder.path, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
let plain: EmbeddedPostgres;
let secure: EmbeddedPostgres;

/** A private authority, a server certificate for "localhost" that it signed, a client's, and another authority that signed nothing. */
function makeCertificates(): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  for (const name of ['ca', 'other'])
    openssl('req', '-x509', ...key, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '30', '-subj', `/CN=${name} authority`);
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost');
  for (const [name, subject] of [
    ['server', '/CN=localhost'],
    ['client', '/CN=segue-client'],
  ] as const) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-out',
      `${name}.pem`,
      '-days',
      '30',
      '-extfile',
      'names',
    );
  }
  openssl('ec', '-in', 'client.key', '-aes256', '-passout', 'pass:sesame', '-out', 'sealed.key');
  chmodSync(at('server.key'), 0o600);
  const user = databaseUser();
  if (user) for (const name of ['server.key', 'server.pem', 'ca.pem']) chownSync(at(name), user.uid, user.gid);
}

beforeAll(async () => {
  makeCertificates();
  chmodSync(folder.path, 0o777);
  const common = { durable: false, settings: { unix_socket_directories: folder.path } };
  plain = await startEmbeddedPostgres({ ...common, dataFolder: at('plain') });
  const tls = { ssl: 'on', ssl_cert_file: at('server.pem'), ssl_key_file: at('server.key'), ssl_ca_file: at('ca.pem') };
  secure = await startEmbeddedPostgres({ ...common, dataFolder: at('secure'), settings: { ...common.settings, ...tls } });
});
afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()]);
  folder[Symbol.dispose]();
});

const FACTS = `select ssl, coalesce(client_dn, '') as client, current_user as "user", current_setting('work_mem') as memory
  from pg_stat_ssl where pid = pg_backend_pid()`;

/** What each driver's session says about itself. They must agree. */
async function sessionsOf(url: string): Promise<unknown> {
  const resolved = await checkDatabase(url);
  const client = new Client(pgConfig(resolved, { role: 'jobs', name: 'test' }));
  await client.connect();
  const stream = openStream(resolved, { role: 'jobs', name: 'test', max: 1 });
  try {
    const [one, other] = [(await client.query(FACTS)).rows, [...(await stream.unsafe(FACTS))]];
    expect(other).toEqual(one);
    return one[0];
  } finally {
    await client.end();
    await stream.end();
  }
}

const localhost = (server: EmbeddedPostgres, query: string) => `${server.url.replace('127.0.0.1', 'localhost')}?${query}`;

describe('both drivers connect in the same way', () => {
  test.each([
    ['sslmode=require', true],
    ['sslmode=prefer', true],
    ['sslmode=no-verify', true],
    ['ssl=no-verify', true],
    ['uselibpqcompat=true&sslmode=require', true],
    ['sslmode=verify-ca&sslrootcert=CA', true],
    ['sslmode=verify-full&sslrootcert=CA', true],
    ['sslrootcert=CA', true],
    ['sslmode=require&sslnegotiation=direct', true],
    ['sslmode=disable', false],
    ['', false],
    ['channel_binding=prefer&keepalives=1&application_name=x', false],
  ])('with ?%s', async (query, ssl) => {
    expect(await sessionsOf(localhost(secure, query.replace('CA', at('ca.pem'))))).toMatchObject({ ssl, client: '' });
  });

  test('with prefer, also to a server without TLS', async () => {
    expect(await sessionsOf(localhost(plain, 'sslmode=prefer'))).toMatchObject({ ssl: false });
  });

  test.each([
    ['a client certificate', () => `sslkey=${at('client.key')}`],
    ['a client certificate whose key has a password', () => `sslkey=${at('sealed.key')}&sslpassword=sesame`],
  ])('with %s', async (_name, key) => {
    const query = `sslmode=verify-full&sslrootcert=${at('ca.pem')}&sslcert=${at('client.pem')}&${key()}`;
    expect(await sessionsOf(localhost(secure, query))).toMatchObject({ ssl: true, client: '/CN=segue-client' });
  });

  test('over a Unix socket, as host or as parameter, also where TLS is asked for', async () => {
    const { port, password } = new URL(plain.url);
    const socket = encodeURIComponent(folder.path);
    expect(await sessionsOf(`postgres://postgres:${password}@${socket}:${port}/postgres`)).toMatchObject({ ssl: false });
    expect(await sessionsOf(`postgres://postgres:${password}@/postgres?host=${socket}&port=${port}&sslmode=require`)).toMatchObject({ ssl: false });
  });

  test.each(['a#b', 'a/b', 'a%b', 'a@b', 'a?b', 'a:b', 'ä ß 日本'])('with the password "%s", and options of the session', async (password) => {
    const admin = new Client({ connectionString: plain.url });
    await admin.connect();
    await admin.query(`drop role if exists "odd@user"; create role "odd@user" login superuser password '${password}'`);
    await admin.end();
    const { port } = new URL(plain.url);
    const url = `postgres://${encodeURIComponent('odd@user')}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres?options=-c%20work_mem%3D64MB`;
    expect(await sessionsOf(url)).toMatchObject({ user: 'odd@user', memory: '64MB' });
  });
});

describe('what cannot be verified is refused in one sentence with a remedy', () => {
  test.each([
    ['ssl=true', /certificate .* cannot be verified .* Add sslrootcert=.* sslmode=require/],
    ['sslmode=verify-full', /cannot be verified/],
    ['sslmode=verify-full&sslrootcert=OTHER', /cannot be verified/],
    ['sslmode=verify-ca&sslrootcert=OTHER', /cannot be verified/],
    ['sslmode=require&sslrootcert=OTHER', /cannot be verified/],
    [
      'sslmode=verify-full&sslrootcert=/nowhere/ca.pem',
      /DATABASE_URL has the parameter sslrootcert with a file that cannot be read \(\/nowhere\/ca\.pem: ENOENT\)/,
    ],
    ['sslmode=verify-full&sslrootcert=KEYLESS', /not in PEM format/],
    ['sslmode=require&sslcert=CLIENT&sslkey=SEALED', /TLS connection .* failed|cannot be verified|refused/],
  ])('?%s', async (query, sentence) => {
    const files = { OTHER: at('other.pem'), KEYLESS: at('names'), CLIENT: at('client.pem'), SEALED: at('sealed.key') };
    const url = localhost(
      secure,
      Object.entries(files).reduce((text, [word, file]) => text.replace(word, file), query),
    );
    await expect(checkDatabase(url)).rejects.toThrow(sentence);
  });

  test('a certificate for another name is refused by verify-full, and not by verify-ca', async () => {
    const root = `sslrootcert=${at('ca.pem')}`;
    await expect(checkDatabase(`${secure.url}?sslmode=verify-full&${root}`)).rejects.toThrow(/cannot be verified .*sslmode=verify-ca/);
    expect(await sessionsOf(`${secure.url}?sslmode=verify-ca&${root}`)).toMatchObject({ ssl: true });
  });

  test('a server without TLS is refused when TLS is required', async () => {
    await expect(checkDatabase(localhost(plain, 'sslmode=require'))).rejects.toThrow(/does not offer TLS .*sslmode=disable/);
  });
});

test('a database is migrated over TLS, and ignored parameters are named', async () => {
  const { log, entries } = createTestLog();
  await prepareDatabase(localhost(secure, 'sslmode=require&application_name=mine'), log);
  expect(entries.map(({ message }) => message)).toContain('DATABASE_URL: application_name changes nothing: Segue names its own connections');
});
