import { databaseUrlProblem, parseDatabaseUrl } from '#server/database/address.ts';
import { describe, expect, test } from 'vitest';

const parameters = (query: string) => parseDatabaseUrl(`postgres://u:p@db.example/x?${query}`);

describe('an address is read as libpq reads it', () => {
  test.each([
    ['postgres://u:p@h/d', { host: 'h', port: 5432, user: 'u', password: 'p', database: 'd' }],
    ['postgresql://u@h:6000', { host: 'h', port: 6000, user: 'u', password: undefined, database: 'u' }],
    ['postgres://u:p@[::1]:6000/d', { host: '::1', port: 6000 }],
    ['postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d', { host: '/var/run/postgresql', database: 'd' }],
    ['postgres://u:p@/d?host=/var/run/postgresql&port=6000', { host: '/var/run/postgresql', port: 6000 }],
    ['postgres:///d?host=h&user=u&password=p%26q', { host: 'h', user: 'u', password: 'p&q', database: 'd' }],
    ['postgres://u:a@b@h/d', { user: 'u', password: 'a@b', host: 'h' }],
    ['postgres://u:a%23b%2Fc%3Fd%25e%40f%3Ag@h/d', { password: 'a#b/c?d%e@f:g' }],
    ['postgres://us%40er:p%C3%A4ss@h/my%20db', { user: 'us@er', password: 'päss', database: 'my db' }],
    ['postgres://u:a:b@h/d', { user: 'u', password: 'a:b' }],
  ])('%s', (url, expected) => {
    expect(parseDatabaseUrl(url)).toMatchObject(expected);
  });
});

describe('a character that ends a part of the address is refused with how to write it, and the password is not repeated', () => {
  test.each([
    ['postgres://u:hunter#2@h/db', 'has # in the user name or password: write # as %23'],
    ['postgres://u:hunter/2@h/db', 'has / in the user name or password: write / as %2F'],
    ['postgres://u:hunter?2@h/db', 'has ? in the user name or password: write ? as %3F'],
    ['postgres://u:hunter%2@h/db', 'has % in the password where no hexadecimal digits of UTF-8 text follow: write % as %25'],
    ['postgres://u:hunter%ff@h/db', 'write % as %25'],
    ['postgres://u:hunter', 'has a port that is not a number'],
    ['postgres://u:p@h:hunter/db', 'has a port that is not a number'],
    ['postgres://u:p@h/db#hunter', 'has # outside the user name and password'],
    ['postgres://u:hun ter@h/db', 'is not a PostgreSQL address'],
    ['host=h user=u password=hunter', 'is not a PostgreSQL address'],
    ['postgres://u:p@one,two/db?user=hunter', 'names several hosts'],
  ])('%s', (url, sentence) => {
    expect(databaseUrlProblem(url)).toContain(sentence);
    expect(databaseUrlProblem(url)).not.toContain('hunter');
  });
});

describe('a parameter is read, or ignored with a reason', () => {
  test.each([
    ['connect_timeout=7', { connectTimeoutMs: 7_000 }],
    ['connect_timeout=0', { connectTimeoutMs: undefined }],
    ['keepalives=0', { keepAlive: { isOn: false, idleMs: 60_000 } }],
    ['keepalives=1&keepalives_idle=30', { keepAlive: { isOn: true, idleMs: 30_000 } }],
    ['options=-c%20work_mem%3D64MB', { serverOptions: '-c work_mem=64MB' }],
  ])('%s is read', (query, expected) => {
    expect(parameters(query)).toMatchObject({ ...expected, ignored: [] });
  });

  test.each([
    'application_name=mine',
    'channel_binding=prefer',
    'keepalives_count=3',
    'schema=public',
    'client_encoding=UTF8',
    'pgbouncer=false',
    'connection_limit=5',
    'statement_timeout=100',
    'target_session_attrs=read-write',
    'uselibpqcompat=true',
    'gssencmode=prefer',
  ])('%s changes nothing', (query) => {
    const { ignored, ...rest } = parameters(query);
    const { ignored: none, ...plain } = parameters('');
    expect(rest).toEqual(plain);
    expect(none).toEqual([]);
    for (const { reason } of ignored) expect(reason).not.toBe('');
  });

  test.each([
    'sslmod=require',
    'chanel_binding=prefer',
    'foo=1',
    '__proto__=1',
    'constructor=1',
    'sslcrl=/x',
    'service=x',
    'hostaddr=::1',
    'requiressl=1',
    'krbsrvname=x',
    'max=5',
  ])('%s is refused by name', (query) => {
    const [name] = query.split('=');
    expect(databaseUrlProblem(`postgres://u:p@h/d?${query}`)).toBe(`has the parameter ${name}, which Segue does not know: remove it`);
  });

  test.each([
    ['channel_binding=require', /channel_binding=require, which Segue cannot ensure: write sslmode=verify-full/],
    ['sslmode=require&channel_binding=require', /sslmode=verify-full/],
    ['pgbouncer=true', /pgbouncer .*session mode/],
    ['schema=other', /schema .*the schema public/],
    ['client_encoding=LATIN1', /client_encoding .*always uses UTF8/],
    ['target_session_attrs=standby', /target_session_attrs .*write to/],
    ['connect_timeout=soon', /connect_timeout .*number of seconds/],
    ['keepalives=yes', /keepalives .*0 and 1/],
    ['connect_timeout=1&connect_timeout=2', /connect_timeout twice/],
    ['application_name=%zz', /% in the parameter application_name/],
  ])('%s is refused with what to do', (query, sentence) => {
    expect(databaseUrlProblem(`postgres://u:p@h/d?${query}`)).toMatch(sentence);
  });
});

describe('TLS is what the address says, in the words of libpq', () => {
  test.each([
    ['', 'disable'],
    ['sslmode=disable', 'disable'],
    ['sslmode=prefer', 'prefer'],
    ['sslmode=require', 'require'],
    ['sslmode=require&sslrootcert=/ca.pem', 'verify-ca'],
    ['sslmode=verify-ca&sslrootcert=/ca.pem', 'verify-ca'],
    ['sslmode=verify-full', 'verify-full'],
    ['sslmode=verify-full&sslrootcert=system', 'verify-full'],
    ['sslrootcert=/ca.pem', 'verify-full'],
    ['sslmode=no-verify&sslrootcert=/ca.pem', 'no-verify'],
    ['ssl=true', 'verify-full'],
    ['ssl=0', 'disable'],
    ['ssl=no-verify', 'no-verify'],
    ['uselibpqcompat=true&sslmode=require', 'require'],
    ['sslmode=verify-full&channel_binding=require', 'verify-full'],
    ['host=/run/postgresql&sslmode=require', 'disable'],
  ])('%s is %s', (query, mode) => {
    expect(parameters(query).tls.mode).toBe(mode);
  });

  test.each([
    ['sslmode=allow', /sslmode .*not one of disable, prefer, require/],
    ['ssl=yes', /ssl with a value that is not one of/],
    ['ssl=true&sslmode=require', /both parameters ssl and sslmode/],
    ['sslmode=verify-ca', /add sslrootcert/],
    ['sslmode=require&sslcert=/c.pem', /only one of the parameters sslcert and sslkey/],
    ['sslnegotiation=direct', /needs sslmode=require/],
    ['sslmode=require&sslnegotiation=tls', /sslnegotiation .*postgres and direct/],
    ['sslmode=require&ssl_min_protocol_version=SSLv3', /ssl_min_protocol_version .*TLSv1\.2, TLSv1\.3/],
  ])('%s is refused', (query, sentence) => {
    expect(databaseUrlProblem(`postgres://u:p@h/d?${query}`)).toMatch(sentence);
  });
});
