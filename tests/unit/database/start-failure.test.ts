import { explainStartFailure } from '#server/database/start-failure.ts';
import { databaseUnavailable } from '#server/database/unavailable.ts';
import { describe, expect, test } from 'vitest';

const URL_OF = 'postgres://segue:hunter2@db.example:6000/music';

/** An error of the driver, wrapped as drizzle and Node wrap it. */
function wrapped(code: string, message: string): Error {
  const cause = code === '' ? new Error(message) : Object.assign(new Error(message), { code });
  return new Error('Failed query: CREATE TYPE "public"."account_status"\nparams: ', { cause: new AggregateError([cause], 'all addresses failed') });
}

describe('an error at start says the innermost reason and what to do', () => {
  test.each([
    [
      '42501',
      'permission denied for schema public',
      /segue may not create .* \(permission denied for schema public\)\. .*alter database "music" owner to "segue";/,
    ],
    [
      '25006',
      'cannot execute CREATE TABLE in a read-only transaction',
      /music is read-only \(cannot execute.*set default_transaction_read_only = off;/,
    ],
    ['53100', 'could not extend file: No space left on device', /The disk of the database is full \(could not extend.*Free some space/],
    ['ENOSPC', 'ENOSPC: no space left on device, write', /The disk of the database is full .*Free some space/],
    ['53300', 'sorry, too many clients already', /no connection left \(sorry, too many.*max_connections/],
    ['53200', 'out of memory', /out of memory/],
    ['28000', 'role "segue" does not exist', /does not let segue in \(role "segue" does not exist\).*create role "segue"/],
    ['28000', 'no pg_hba.conf entry for host "::1", user "u", database "d", no encryption', /add \?sslmode=require/],
    ['28P01', 'password authentication failed for user "segue"', /Correct the password/],
    ['', 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string', /DATABASE_URL has no password/],
    ['3D000', 'database "music" does not exist', /create database "music" owner "segue" encoding 'UTF8'/],
    ['57P03', 'the database system is starting up', /starting or shutting down/],
    ['0A000', 'extension "btree_gist" is not available', /Install the extensions btree_gist and pg_trgm/],
    ['42P07', 'relation "accounts" already exists', /Set DATABASE_URL to an empty database/],
    ['58030', 'could not fsync file', /cannot read or write its files/],
    ['08P01', 'unsupported startup parameter: options', /connection pooler .*server itself/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate', /cannot be verified \(self-signed certificate\)\. Add sslrootcert=/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames", /sslmode=verify-ca/],
    ['', 'The server does not support SSL connections', /does not offer TLS .*sslmode=disable/],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND db.example', /Cannot connect to the database at db\.example:6000\/music .*Check DATABASE_URL/],
    ['40001', 'could not serialize access', /refused a step of the start \(could not serialize access\)/],
  ])('%s %s', (code, message, sentence) => {
    const explained = explainStartFailure(wrapped(code, message), URL_OF);
    expect(explained?.message).toMatch(sentence);
    expect(explained?.message).not.toMatch(/Failed query|hunter2/);
  });

  test('an error of the program stays what it is', () => {
    expect(explainStartFailure(new TypeError('x is not a function'), URL_OF)).toBeUndefined();
  });
});

describe('a failure of the database during a request is "unavailable" with a time to retry, and any other is not', () => {
  test.each([
    '57P01',
    '57P02',
    '53300',
    '53100',
    '08006',
    '55P03',
    '57014',
    '40P01',
    '25P03',
    '25006',
    'ECONNREFUSED',
    'CONNECTION_CLOSED',
    'CONNECT_TIMEOUT',
  ])('%s', (code) => {
    expect(databaseUnavailable(wrapped(code, 'the reason'))).toMatchObject({ code: 'unavailable', retryAfterMs: 5_000 });
  });
  test.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'connect ENOENT /run/postgresql/.s.PGSQL.5432',
  ])('%s', (message) => {
    expect(databaseUnavailable(wrapped('', message))).toMatchObject({ code: 'unavailable' });
  });
  test.each([
    ['23505', 'duplicate key'],
    ['22P02', 'invalid input syntax'],
    ['42P01', 'relation does not exist'],
    ['', 'x is not a function'],
    ['ENOENT', "ENOENT: no such file or directory, open 'picture.png'"],
  ])('not %s', (code, message) => {
    expect(databaseUnavailable(wrapped(code, message))).toBeUndefined();
  });
});
