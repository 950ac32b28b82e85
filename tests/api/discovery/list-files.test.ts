import { SYSTEM } from '#server/actor.ts';
import { users } from '#drizzle/schema/index.ts';
import { beginSession } from '#server/use-cases/auth/begin-session.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { recordingId, userId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ http: true });
  await submitImport(app.deps, SYSTEM, { text: [0, 1, 2].map((at) => app.sandbox.catalog.albumIdAt(at)).join('\n') });
  await app.runJobs();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function listener() {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  const { secret } = await beginSession(app.deps, app.deps.db, { userId: id, role: 'listener', replaces: undefined });
  const headers = { cookie: `segue_sid_${new URL(app.baseUrl).port}=${secret}` };
  return { saved: app.as({ kind: 'user', userId: id, isAdmin: false }).discovery.saved, headers };
}

test('a saved list is a file in each form, under its name, for its owner alone', async () => {
  const [ann, ben] = [await listener(), await listener()];
  const found = await app.deps.db.execute<{ id: number }>(sql`select id from recordings where merged_into is null order by id limit 5`);
  const tracks = found.rows.map(({ id }) => ({ recordingId: recordingId.parse(id) }));
  const { id } = await ann.saved.save({ name: 'Café bei Nacht 東京', criteria: { kind: 'chosen' }, tracks });
  const get = (path: string, headers: Record<string, string>) => fetch(`${app.baseUrl}/lists/${path}`, { headers });
  for (const [format, type, ending] of [
    ['csv', 'text/csv', 'csv'],
    ['jspf', 'application/json', 'jspf'],
    ['text', 'text/plain', 'txt'],
  ] as const) {
    const response = await get(`${id}/${format}`, ann.headers);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    const disposition = response.headers.get('content-disposition');
    expect(disposition).toContain(`filename="cafe-bei-nacht-.${ending}"`);
    expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent(`cafe-bei-nacht-東京.${ending}`)}`);
    const matched = await app.admin.discovery.importList.match({ text: await response.text() });
    expect(matched.lines.map(({ track }) => track?.recordingId)).toEqual(tracks.map((track) => track.recordingId));
  }
  expect((await get(`${id}/csv`, ben.headers)).status).toBe(404);
  expect((await get(`${id}/csv`, {})).status).toBe(401);
  expect((await get(`${id}/pdf`, ann.headers)).status).toBe(404);
  expect((await get('nothing/csv', ann.headers)).status).toBe(404);
});
