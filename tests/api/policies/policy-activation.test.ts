import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';

const EVERYTHING = { version: 1, pool: { all: [] }, size: 12 } as const;

test('all playlists of a policy switch to the named version, newer or older, and doing it twice changes nothing', async () => {
  await using app = await startTestApp();
  const { policies, playlists } = app.admin.playlistAdmin;
  const first = await policies.create({ name: 'Everything', body: EVERYTHING });
  const other = await policies.create({ name: 'Another', body: EVERYTHING });
  await playlists.create({ themeTag: 'Night Ferry', policyId: first.id, count: 2 });
  await playlists.create({ themeTag: 'Blue Hour', policyId: other.id });
  const second = await policies.create({ name: 'Everything', body: { ...EVERYTHING, size: 13 }, familyId: first.id });
  const versions = async () => (await playlists.list()).map((row) => `${row.policyName} ${row.policyVersion}`);
  expect(await policies.follow({ policyId: second.id })).toEqual({ playlists: [1, 2] });
  expect(await versions()).toEqual(['Everything 2', 'Everything 2', 'Another 1']);
  expect(await policies.follow({ policyId: second.id })).toEqual({ playlists: [] });
  expect(await policies.follow({ policyId: first.id })).toEqual({ playlists: [1, 2] });
  expect(await versions()).toEqual(['Everything 1', 'Everything 1', 'Another 1']);
});

test('an older version whose group would close a priority cycle with a later policy can no longer be activated', async () => {
  await using app = await startTestApp();
  const { policies, playlists } = app.admin.playlistAdmin;
  const sun = await policies.create({ name: 'Sun', body: { ...EVERYTHING, exclusivity: { group: 'sun', yieldsTo: ['rain'] } } });
  await playlists.create({ themeTag: 'Sun', policyId: sun.id });
  const free = await policies.create({ name: 'Sun', body: { ...EVERYTHING, exclusivity: { group: 'sun' } }, familyId: sun.id });
  const body = { ...EVERYTHING, exclusivity: { group: 'rain', yieldsTo: ['sun'] } };
  // The version that playlists use counts, not only the newest.
  await expect(policies.create({ name: 'Rain', body })).rejects.toMatchObject({
    cause: { field: 'exclusivity.yieldsTo', remedy: expect.stringContaining('version 1 of “Sun”') },
  });
  await policies.follow({ policyId: free.id });
  await policies.create({ name: 'Rain', body });
  await expect(policies.follow({ policyId: sun.id })).rejects.toMatchObject({
    cause: { code: 'invalid_input', message: expect.stringContaining('cycle'), remedy: expect.stringContaining('“Rain”') },
  });
  expect((await playlists.list()).map((row) => row.policyVersion)).toEqual([2]);
});

test('a version that does not exist cannot be activated, and an anonymous visitor is asked to sign in', async () => {
  await using app = await startTestApp();
  await expect(app.admin.playlistAdmin.policies.follow({ policyId: '00000000-0000-4000-8000-000000000000' })).rejects.toThrow(
    'This version of the policy does not exist',
  );
  await expect(
    app.as({ kind: 'anonymous' }).playlistAdmin.policies.follow({ policyId: '00000000-0000-4000-8000-000000000000' }),
  ).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});

test('the editor suggests the tags that the catalog has, most frequent first', async () => {
  await using app = await startTestApp({ sandbox: { catalog: { albums: 8, seed: 1 } } });
  expect(await app.admin.playlistAdmin.policies.tags()).toEqual({ genre: [], mood: [] });
  const { catalog } = app.sandbox;
  const links = Array.from({ length: catalog.albumCount }, (_, at) => `https://open.spotify.com/album/${catalog.albumIdAt(at)}`);
  await app.admin.catalog.submitImport({ text: links.join('\n') });
  await app.runJobs();
  const { genre } = await app.admin.playlistAdmin.policies.tags();
  expect(genre.length).toBeGreaterThan(1);
  expect(genre.map(({ recordings }) => recordings)).toEqual(genre.map(({ recordings }) => recordings).toSorted((a, b) => b - a));
  const [first] = genre;
  const counted = await app.admin.playlistAdmin.policies.check({
    body: { version: 1, pool: { field: 'genre', op: 'has', value: first?.name } },
    feasibility: false,
  });
  expect(counted.pool).toBe(first?.recordings);
});
