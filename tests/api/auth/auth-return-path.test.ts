import { safeReturnPath } from '#server/use-cases/auth/safe-return-path.ts';
import { expect, test } from 'vitest';

const ORIGIN = 'http://127.0.0.1:3000';

test.for([
  '/',
  '/playlists/7',
  '/playlists/7?day=2026-11-21#entry-3',
  '/search?q=a%2Fb',
  '/a//b',
  '/%2F%2Fevil.example',
  '/@evil.example',
  '/;/evil',
])('signing in returns to %s', (path) => {
  expect(safeReturnPath(path)).toBe(path);
});

test.for([
  undefined,
  '',
  'playlists',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/\u0000',
  '/a\u0000b',
  '/a\tb',
  '/auth/spotify',
  '/auth',
  '/trpc/auth.status',
  '/api/x',
  '/x/../auth/spotify',
  `/${'x'.repeat(2_000)}`,
])('a return path of %j leads to the front page', (path) => {
  expect(safeReturnPath(path)).toBe('/');
});

test.for([
  '/∕∕evil.example',
  '/／／evil.example',
  '/\u202Eevil',
  '/.evil',
  '/%5cevil.example',
  '/%09/evil.example',
  '/http://evil.example',
  '/?//evil.example',
  '/#//evil.example',
])('with any return path such as %j the browser stays on this site', (path) => {
  const target = safeReturnPath(path);
  expect(new URL(target, ORIGIN).origin).toBe(ORIGIN);
  expect(target).toMatch(/^\/(?![/\\])/);
});
