import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { tidyStudio } from '#server/use-cases/studio/tidy-studio.ts';
import { requestRenders } from '#server/use-cases/studio/renders/request-renders.ts';
import { DIRECT, QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import { utimes } from 'node:fs/promises';
import path from 'node:path';

const never = new AbortController().signal;

test('every attempt is one row with all its facts, and the figures follow from the rows', async () => {
  await using app = await startStudioApp({ vendor: { script: (count) => (count % 4 === 3 ? 'refuse' : 'draw') } });
  const ada = await app.person('Ada');
  const about = { playlistUrl: 'https://open.spotify.com/album/1', title: 'Harbor Glass', genres: ['modal jazz', 'cool jazz'], mood: 'calm' };
  await ada.generation.studio.request({ ...QUEUED, about, copies: 3 });
  await ada.generation.studio.request({ ...DIRECT, about: { ...about, mood: 'excited' } });
  expect((await app.admin.generation.usage.history({ result: 'running' })).items).toHaveLength(4);
  await app.runJobs();
  const { items, nextCursor } = await app.admin.generation.usage.history({ limit: 3 });
  const rest = await app.admin.generation.usage.history({ limit: 3, ...(nextCursor ? { cursor: nextCursor } : {}) });
  const all = [...items, ...rest.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  for (const row of all) {
    expect(row).toMatchObject({ name: 'Ada', playlistUrl: about.playlistUrl, generatedTitle: 'Harbor Glass', genres: about.genres, loraModel: null });
    expect(row.success ? [row.errorMessage, row.imagePath?.slice(0, 7)] : [row.imagePath, row.generationTime]).toEqual(
      row.success ? [null, '/files/'] : [null, null],
    );
  }
  expect((await app.admin.generation.usage.history({ result: 'failed' })).items).toMatchObject([{ errorMessage: 'The vendor refused the words.' }]);
  expect((await app.admin.generation.usage.history({ model: DIRECT.model })).items).toHaveLength(1);
  const summary = await app.admin.generation.usage.historySummary({ days: 7 });
  expect(summary).toMatchObject({
    attempts: 4,
    successRate: 0.75,
    medianSeconds: expect.any(Number),
    models: [
      { model: QUEUED.model, attempts: 3 },
      { model: DIRECT.model, attempts: 1 },
    ],
    moods: [
      { mood: 'calm', attempts: 3 },
      { mood: 'excited', attempts: 1 },
    ],
    failures: [{ reason: 'The vendor refused the words.', attempts: 1 }],
  });
  expect(summary.p95Seconds).toBeGreaterThanOrEqual(summary.medianSeconds!);
});

test('IP addresses are deleted after the days that the setting gives, and nothing else is', async () => {
  await using app = await startStudioApp({ at: '2026-11-20T10:00:00Z', studio: { addressDays: 30 } });
  const input = { task: 'text_to_image', copies: 1, about: { genres: [] as string[] }, ...QUEUED } as const;
  await requestRenders(app.deps, { kind: 'admin_key' }, { ...input, clientAddress: '203.0.113.7' });
  app.clock.set('2026-12-15T10:00:00Z');
  await requestRenders(app.deps, { kind: 'admin_key' }, { ...input, clientAddress: '203.0.113.8' });
  const addresses = async () => (await app.admin.generation.usage.history({})).items.map(({ userIp }) => userIp);
  app.clock.set('2026-12-20T09:59:00Z');
  await tidyStudio(app.deps, never);
  expect(await addresses()).toEqual(['203.0.113.8', '203.0.113.7']);
  app.clock.set('2026-12-20T10:01:00Z');
  expect(await tidyStudio(app.deps, never)).toEqual({ outcome: expect.stringContaining('1 IP addresses deleted.') as string });
  expect(await addresses()).toEqual(['203.0.113.8', null]);
});

/** Sets the age of a stored file. */
async function age({ home }: StudioApp, sha256: string, days: number): Promise<void> {
  const at = new Date(Date.now() - days * 86_400_000);
  await utimes(path.join(home, 'assets', sha256.slice(0, 2), sha256), at, at);
}

const stored = async ({ deps }: StudioApp): Promise<string[]> => {
  const found: string[] = [];
  for await (const { sha256 } of deps.assets.list()) found.push(sha256);
  return found.toSorted();
};

test('stored files that no row names are removed after a day; named ones, young ones and too many at once are left', async () => {
  await using app = await startStudioApp();
  await app.admin.generation.studio.request(QUEUED);
  await app.runJobs();
  const named = await stored(app);
  for (const sha256 of named) await age(app, sha256, 400);
  const [old, young] = [await app.deps.assets.write(Buffer.from('old')), await app.deps.assets.write(Buffer.from('young'))];
  const cover = await app.deps.assets.write(Buffer.from('a cover of a playlist'));
  await app.deps.db.execute(sql`
    insert into lora_models (id, name, base, file_sha256, triggers, created_at, created_by)
    values (gen_random_uuid(), 'film grain', 'flux-1', ${cover.sha256}, '{}', now(), 'operator')`);
  await age(app, cover.sha256, 3);
  await age(app, old.sha256, 2);
  expect(await tidyStudio(app.deps, never)).toMatchObject({
    outcome: expect.stringContaining(`1 of ${named.length + 3} stored files removed`) as string,
  });
  expect(await stored(app)).toEqual([...named, young.sha256, cover.sha256].toSorted());

  const lost = await Promise.all(Array.from({ length: 30 }, (_, n) => app.deps.assets.write(Buffer.from(`lost ${n}`))));
  for (const { sha256 } of lost) await age(app, sha256, 2);
  expect(await tidyStudio(app.deps, never)).toMatchObject({ outcome: expect.stringContaining('30 more were left') as string });
  expect((await stored(app)).length).toBe(named.length + 32);
  // Stored again, a file is young again.
  await app.deps.assets.write(Buffer.from('lost 1'));
  expect(app.logged).toContainEqual(expect.objectContaining({ level: 'error', message: expect.stringContaining('too many stored files') as string }));
});
