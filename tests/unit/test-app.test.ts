import { startTestApp } from '#tests/support/app.ts';
import { expect, test } from 'vitest';

test('a test app answers over HTTP, has an admin, and says that it is a sandbox', async () => {
  await using app = await startTestApp({ http: true });
  expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200);
  expect(app.deps.settings.sandbox).toBe(true);
  expect(app.deps.settings.publicUrl).toBe(app.baseUrl);
});

test('anything written to console.error fails the test that caused it', async () => {
  const app = await startTestApp();
  console.error('an accident');
  await expect(app[Symbol.asyncDispose]()).rejects.toThrow('an accident');
});

test('the clock of a test app moves the app and its sandbox together', async () => {
  await using app = await startTestApp({ at: '2026-11-21T04:00:00Z' });
  app.clock.advance(86_400_000);
  expect(app.deps.now().toISOString().slice(0, 10)).toBe('2026-11-22');
  expect(new Date(app.spotify.now()).toISOString().slice(0, 10)).toBe('2026-11-22');
});
