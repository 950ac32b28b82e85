import { ENV_NAMES, loadEnv } from '#server/env.ts';
import { StartError } from '#server/runtime/start-error.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const KEY = Buffer.alloc(32, 7).toString('base64');

function errorsOf(source: Record<string, string>): string {
  try {
    loadEnv(source);
  } catch (error) {
    if (error instanceof StartError) return `${error.exitCode} ${error.message}`;
    throw error;
  }
  return 'no fault';
}

test('.env.example names every variable the server reads, and no other', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const named = [...example.matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect(new Set(named)).toEqual(new Set(ENV_NAMES));
  expect(named).toHaveLength(ENV_NAMES.length);
});

test('no variable is required, and an empty one counts as absent', () => {
  expect(loadEnv({})).toEqual(loadEnv(Object.fromEntries(ENV_NAMES.map((name) => [name, '  ']))));
  expect(loadEnv({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, SEGUE_HOME: '.segue', SPOTIFY_PROFILE: 'dev-2026' });
});

test('all errors are reported at once, each with the name and the remedy', () => {
  const errors = errorsOf({ PORT: 'http', DATABASE_URL: 'mysql://x', SPOTIFY_PROFILE: 'gold' });
  expect(errors.split('\n')).toEqual([
    '78 3 settings are invalid:',
    '  PORT is not a whole number from 0 to 65535: use one such as 3000, or 0 for any free port.',
    '  DATABASE_URL is not a PostgreSQL address: write it like postgres://user:password@host:5432/segue.',
    '  SPOTIFY_PROFILE is not one of dev-2026, dev-legacy, extended: use one of them, or leave it out.',
  ]);
});

describe('an invalid value is one clear sentence', () => {
  test.each([
    ['PORT', '70000', /PORT is not a whole number/],
    ['PORT', '-1', /PORT is not a whole number/],
    ['PORT', '3e3', /PORT is not a whole number/],
    ['PUBLIC_URL', 'segue.example', /PUBLIC_URL is not an http or https address/],
    ['PUBLIC_URL', 'https://a.example/segue', /PUBLIC_URL must not have a path/],
    ['PUBLIC_URL', 'javascript:alert(1)', /PUBLIC_URL is not an http or https address/],
    ['ALLOWED_ORIGINS', 'https://a.example,*', /ALLOWED_ORIGINS has an entry that is not an origin/],
    ['ALLOWED_HOSTS', 'a.example,https://b.example', /ALLOWED_HOSTS has an entry that is not a host name/],
    ['ALLOWED_HOSTS', 'a.example:3000', /ALLOWED_HOSTS has an entry that is not a host name/],
    ['ALLOWED_ORIGINS', 'https://a.example/page', /ALLOWED_ORIGINS has an entry that is not an origin/],
    ['ADMIN_API_KEY', 'short', /ADMIN_API_KEY is too short/],
    ['SPOTIFY_TOKEN_KEY', 'k1:c2hvcnQ=', /SPOTIFY_TOKEN_KEY is not a key ring/],
    ['SPOTIFY_TOKEN_KEY', KEY, /SPOTIFY_TOKEN_KEY is not a key ring/],
    ['SPOTIFY_TOKEN_KEY', `a:${KEY},a:${KEY}`, /SPOTIFY_TOKEN_KEY is not a key ring/],
    ['SEGUE_SIGNING_KEY', 'c2hvcnQ=', /SEGUE_SIGNING_KEY is not 32 bytes in base64/],
    ['SEGUE_SIGNING_KEY', `${KEY}!`, /SEGUE_SIGNING_KEY is not 32 bytes in base64/],
    ['SEGUE_SIGNING_KEY', `-----BEGIN PRIVATE KEY-----${KEY}`, /SEGUE_SIGNING_KEY is not 32 bytes in base64/],
    ['SPOTIFY_CLIENT_SECRET', 'x', /SPOTIFY_CLIENT_SECRET is set without SPOTIFY_CLIENT_ID/],
    ['SPOTIFY_API_URL', 'http://127.0.0.1:1', /belong together/],
    ['SANDBOX_ALBUMS', '100', /SANDBOX_ALBUMS is not a whole number from 200 to 100000/],
    ['TRUST_PROXY', 'true', /TRUST_PROXY is not one of yes, no/],
    ['FAULT_AT', 'sync', /FAULT_AT is not name:n/],
  ])('%s=%s', (name, value, sentence) => {
    const errors = errorsOf({ [name]: value });
    expect(errors).toMatch(sentence);
    expect(errors.split('\n')).toHaveLength(2);
  });
});

test('an error never repeats the value, which may be a secret', () => {
  expect(errorsOf({ ADMIN_API_KEY: 'hunter2', SPOTIFY_TOKEN_KEY: 'my:secret', DATABASE_URL: 'root:toor@db' })).not.toMatch(
    /hunter2|secret@|toor|my:/,
  );
});

test('lists and key rings are read in order, ignoring extra spaces and slashes', () => {
  const env = loadEnv({
    ALLOWED_ORIGINS: ' https://a.example/, https://b.example ',
    SPOTIFY_TOKEN_KEY: `new:${KEY},old:${KEY}`,
    PUBLIC_URL: 'https://c.example/',
  });
  expect(env.ALLOWED_ORIGINS).toEqual(['https://a.example', 'https://b.example']);
  expect(env.SPOTIFY_TOKEN_KEY?.map((key) => key.id)).toEqual(['new', 'old']);
  expect(env.PUBLIC_URL).toBe('https://c.example');
});
