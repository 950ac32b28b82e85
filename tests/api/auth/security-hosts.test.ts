import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpApp } from '#tests/support/http-app.ts';

const PUBLIC_URL = 'https://segue.example.org';
const PATHS = ['/', '/trpc/auth.status', '/auth/spotify', '/ledger.ndjson', '/certificates/1/2026-01-01.json', '/assets/none.js'];

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp({ settings: { publicUrl: PUBLIC_URL, allowedHosts: ['Segue.LAN', '192.168.1.20', '[fd00::5]'] } });
});
afterAll(() => server[Symbol.asyncDispose]());

const statusUnder = async (host: string, path = '/trpc/auth.status'): Promise<number> => (await server.request(path, { headers: { host } })).status;

test.for([
  'segue.example.org',
  'SEGUE.example.org:443',
  'segue.example.org.',
  'segue.lan:3000',
  '192.168.1.20',
  '[fd00::5]:80',
  'localhost:5173',
  'app.localhost',
  '127.0.0.1:9',
  '127.9.9.9',
  '[::1]:3000',
])('a request for %s is served', async (host) => {
  expect(await statusUnder(host)).toBe(200);
});

test.for([
  'evil.example',
  'segue.example.org.evil.example',
  'segue.lan.evil',
  '192.168.1.21',
  '10.0.0.1:3000',
  '[fd00::6]',
  'localhost.evil',
  '127.0.0.1.evil',
])('a request for %s is refused at every address', async (host) => {
  const answers = await Promise.all(PATHS.map((path) => server.request(path, { headers: { host } })));
  expect(answers.map((answer) => [answer.status, errorOf(answer).field])).toEqual(PATHS.map(() => [421, 'host']));
});

test.for([
  ' ',
  'a b',
  'http://segue.example.org',
  'segue.example.org/path',
  '[::1',
  'a:b',
  'a:999999',
  'a@b',
  '%00',
  'ä',
  '-:',
  '..',
  'a..b',
  ':3000',
])('the Host %j is not a host name and is refused at every address', async (host) => {
  const answers = await Promise.all(PATHS.map((path) => server.request(path, { headers: { host } })));
  expect(answers.map((answer) => answer.status)).toEqual(PATHS.map(() => 400));
});

test('probes are answered under any name', async () => {
  expect([await statusUnder('10.1.2.3:3000', '/healthz'), await statusUnder('a b', '/readyz')]).toEqual([200, 200]);
});
