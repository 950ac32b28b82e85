import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';

const EVERYTHING = { version: 1, pool: { all: [] }, size: 12 } as const;

test('two people who save the next version at once both get their own version, one after the other', async () => {
  await using app = await startTestApp();
  const { policies } = app.admin.playlistAdmin;
  const first = await policies.create({ name: 'Everything', body: EVERYTHING });
  const saved = await Promise.all(
    [13, 14, 15, 16, 17].map((size) => policies.create({ name: `Size ${size}`, body: { ...EVERYTHING, size }, familyId: first.id })),
  );
  expect(saved.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6]);
  const { versions } = await policies.family({ familyId: first.id });
  expect(new Set(versions.map(({ body }) => body.size)).size).toBe(6);
});

test('a draft based on an outdated version is not saved over the newer one unnoticed', async () => {
  await using app = await startTestApp();
  const { policies } = app.admin.playlistAdmin;
  const { id: familyId } = await policies.create({ name: 'Everything', body: EVERYTHING });
  const save = (size: number, basedOn: number) => policies.create({ name: 'Everything', body: { ...EVERYTHING, size }, familyId, basedOn });
  expect((await save(13, 1)).version).toBe(2);
  await expect(save(14, 1)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('saved version 2 after you started editing'),
    cause: { remedy: expect.stringContaining('Your draft is stored') },
  });
  expect((await save(14, 2)).version).toBe(3);
});
