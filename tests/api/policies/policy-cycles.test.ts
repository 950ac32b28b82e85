import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';

const EVERYTHING = { version: 1, pool: { all: [] }, size: 12 } as const;
const CYCLE = expect.objectContaining({ code: 'invalid_input', field: 'exclusivity.yieldsTo', message: expect.stringContaining('cycle') });

const yielding = (group: string, ...yieldsTo: string[]) => ({ ...EVERYTHING, exclusivity: { group, yieldsTo } });

/** How many of several attempts succeeded; all others were refused because they would close a cycle. */
async function countDone(attempts: readonly Promise<unknown>[]): Promise<number> {
  const results = await Promise.allSettled(attempts);
  for (const one of results) if (one.status === 'rejected') expect(one.reason).toMatchObject({ cause: CYCLE });
  return results.filter((one) => one.status === 'fulfilled').length;
}

test('of policies saved at the same instant whose priorities form a cycle, the one that would close it is refused', async () => {
  // Two servers on one database: locks in memory would not work.
  await using one = await startTestApp();
  await using other = await startTestApp({ databaseUrl: one.databaseUrl });
  for (let round = 0; round < 8; round++) {
    const ring = ['a', 'b', 'c', 'd'].map((name) => `${name}${round}`);
    const attempts = ring.map((group, at) =>
      (at % 2 === 0 ? one : other).admin.playlistAdmin.policies.create({ name: group, body: yielding(group, ring[(at + 1) % ring.length] ?? '') }),
    );
    expect(await countDone(attempts)).toBe(ring.length - 1);
  }
});

test('of two older versions that are activated again at the same instant, the one that would close a cycle is refused', async () => {
  // Two servers on one database: locks in memory would not work.
  await using one = await startTestApp();
  await using other = await startTestApp({ databaseUrl: one.databaseUrl });
  for (let round = 0; round < 4; round++) {
    const [sun, rain] = [`sun${round}`, `rain${round}`];
    const versions = [];
    for (const [group, onto] of [
      [sun, rain],
      [rain, sun],
    ] as const) {
      const closing = await one.admin.playlistAdmin.policies.create({ name: group, body: yielding(group, onto) });
      const open = await one.admin.playlistAdmin.policies.create({ name: group, body: yielding(group), familyId: closing.id });
      await one.admin.playlistAdmin.playlists.create({ themeTag: group, policyId: open.id });
      versions.push(closing.id);
    }
    const [first, second] = versions;
    if (!first || !second) throw new Error('There are two policies.');
    expect(
      await countDone([
        one.admin.playlistAdmin.policies.follow({ policyId: first }),
        other.admin.playlistAdmin.policies.follow({ policyId: second }),
      ]),
    ).toBe(1);
  }
});

test('a playlist created on an older version is refused if that version’s group would now close a priority cycle', async () => {
  await using app = await startTestApp();
  const { policies, playlists } = app.admin.playlistAdmin;
  const sun = await policies.create({ name: 'Sun', body: yielding('sun', 'rain') });
  const free = await policies.create({ name: 'Sun', body: yielding('sun'), familyId: sun.id });
  await policies.create({ name: 'Rain', body: yielding('rain', 'sun') });
  await expect(playlists.create({ themeTag: 'Sun', policyId: sun.id })).rejects.toMatchObject({ cause: CYCLE });
  expect(await playlists.create({ themeTag: 'Sun', policyId: free.id })).toEqual({ indexes: [1] });
});

test('versions of one policy that are active side by side form no cycle either', async () => {
  await using app = await startTestApp();
  const { policies, playlists } = app.admin.playlistAdmin;
  const first = await policies.create({ name: 'Weather', body: yielding('sun', 'rain') });
  await playlists.create({ themeTag: 'Sun', policyId: first.id });
  const second = await policies.create({ name: 'Weather', body: yielding('rain', 'sun'), familyId: first.id });
  await expect(playlists.create({ themeTag: 'Rain', policyId: second.id })).rejects.toMatchObject({ cause: CYCLE });
  // Two versions of one policy that conflict are no reason to refuse another one.
  expect(await policies.create({ name: 'Wind', body: yielding('wind', 'sun') })).toMatchObject({ version: 1 });
  // More playlists on an active version change nothing, and all of them can switch together.
  expect(await playlists.create({ themeTag: 'Sun again', policyId: first.id })).toEqual({ indexes: [2] });
  expect(await policies.follow({ policyId: second.id })).toEqual({ playlists: [1, 2] });
});
