import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';
const AT = { at: `${TODAY}T05:00:00Z` };
const BODY = {
  version: 1,
  pool: { all: [{ field: 'energy', op: 'gte', value: 0.2 }] },
  prefer: [
    { field: 'energy', toward: 0.6, spread: 0.15, weight: 1 },
    { field: 'release_date', newest: true, weight: 0.2 },
  ],
  flow: { energy: 'peak', tempo: 0.3 },
  size: 20,
  rest: { days: 10, scope: 'playlist' },
} as const;

/** Fills an app with 3,000 recordings and one playlist that follows a policy of version 1; returns the policy's id. */
async function fill(app: TestApp): Promise<string> {
  await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 0, policies: 0, historyDays: 0, today: TODAY });
  const { id } = await app.admin.playlistAdmin.policies.create({ name: 'Soul', body: BODY });
  await app.admin.playlistAdmin.playlists.create({ themeTag: 'Soul', policyId: id });
  return id;
}

test('the conversion of a policy is planned in words with the list before and after, and nothing is stored', async () => {
  await using app = await startTestApp(AT);
  const familyId = await fill(app);
  const { policies } = app.admin.playlistAdmin;
  const plan = await policies.conversion({ familyId });
  expect(plan).toMatchObject({ name: 'Soul', from: { id: familyId, version: 1 }, playlists: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const words = new Map(plan.differences.map(({ what, before, after }) => [what, { before, after }]));
  expect(words.get('Lists are chosen')).toEqual({ before: 'track by track, by score', after: 'as a whole, by mean and spread' });
  expect(words.get('Target: Energy around 0.60')?.after).toBe('The list has a mean of 0.60 and a standard deviation of 0.15');
  expect(words.get('Target: Newer releases')).toEqual({
    before: 'The score halves after one year',
    after: 'By rank within the pool, however old it is',
  });
  expect(words.get('Song window')).toEqual({ before: null, after: '7 days' });
  expect(words.get('Opener')).toEqual({ before: null, after: 'a well-known track near the middle of the list' });
  expect([...words.keys()]).toEqual(expect.arrayContaining(['Unknown values', 'Randomness', 'Order', 'Tempo matching']));
  const [before, after] = [plan.before.spreads[0], plan.after.spreads[0]];
  expect([plan.before.entries.length, plan.after.entries.length]).toEqual([20, 20]);
  expect(plan.after.day).toBe(plan.before.day);
  // By score the best are alike; as a whole the list has the spread that is asked for.
  expect(before?.deviation).toBeLessThan(0.08);
  expect(after?.deviation).toBeGreaterThan(0.12);
  expect(after?.bins.reduce((sum, { tracks }) => sum + tracks, 0)).toBe(after?.known);
  expect(plan.after.entries.every(({ wishedEnergy }) => wishedEnergy !== null)).toBe(true);
  expect((await policies.family({ familyId })).versions).toHaveLength(1);
  expect(await policies.conversion({ familyId })).toEqual(plan);
});

test('applying the plan saves the next version, playlists follow it only when they are switched, and switching back undoes it', async () => {
  await using app = await startTestApp(AT);
  const familyId = await fill(app);
  const { policies, playlists } = app.admin.playlistAdmin;
  const { hash, after } = await policies.conversion({ familyId });
  const receipt = await policies.convert({ familyId, hash });
  expect(receipt).toMatchObject({ version: 2, from: { id: familyId, version: 1 }, playlists: 1 });
  const { versions } = await policies.family({ familyId });
  expect(versions.map(({ version, body, playlists: followers }) => [version, body.version, followers])).toEqual([
    [2, 2, 0],
    [1, 1, 1],
  ]);
  expect(versions[0]?.body).toEqual({ ...versions[0]?.body, ...versions[1]?.body, version: 2 });
  const followed = async () => (await playlists.list()).map(({ policyVersion }) => policyVersion);
  expect(await followed()).toEqual([1]);
  await policies.follow({ policyId: versions[0]?.id ?? '' });
  expect(await followed()).toEqual([2]);
  await curatePlaylists(app.deps, { trigger: 'admin', signal: AbortSignal.timeout(60_000) });
  const placed = await app.deps.db.execute<{ id: number }>(sql`select recording_id as id from playlist_entries_history order by position`);
  expect(placed.rows.map(({ id }) => id)).toEqual(after.entries.map(({ recordingId }) => recordingId));
  await policies.follow({ policyId: familyId });
  expect(await followed()).toEqual([1]);
  await expect(policies.conversion({ familyId })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('already') });
});

test('a plan of a policy that was changed since is refused, no matter who changed it, and nothing is saved', async () => {
  await using app = await startTestApp(AT);
  const familyId = await fill(app);
  const { policies } = app.admin.playlistAdmin;
  const { hash } = await policies.conversion({ familyId });
  await policies.create({ name: 'Soul', body: { ...BODY, size: 21 }, familyId });
  await expect(policies.convert({ familyId, hash })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: '“Soul” was changed since this plan was made.',
    cause: { field: 'hash', remedy: expect.stringContaining('Nothing was saved.') },
  });
  const next = await policies.conversion({ familyId });
  // Of two people who apply the same plan at once one saves it; the other is told.
  const both = await Promise.allSettled([policies.convert({ familyId, hash: next.hash }), policies.convert({ familyId, hash: next.hash })]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  expect((await policies.family({ familyId })).versions.map(({ body }) => body.version)).toEqual([2, 1, 1]);
  await expect(policies.convert({ familyId, hash: next.hash })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a conversion is the operator’s, of a policy that exists, and with the hash of a plan', async () => {
  await using app = await startTestApp();
  const { policies } = app.admin.playlistAdmin;
  const familyId = '00000000-0000-4000-8000-000000000000';
  await expect(policies.conversion({ familyId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(policies.convert({ familyId, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(policies.convert({ familyId, hash: 'seen' })).rejects.toThrow('is not the hash of a plan');
  const anonymous = app.as({ kind: 'anonymous' }).playlistAdmin.policies;
  await expect(anonymous.conversion({ familyId })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(anonymous.convert({ familyId, hash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
