import { savedPlaylistVersions, savedPlaylists } from '#drizzle/schema/index.ts';
import { recordingId, savedPlaylistId } from '#shared/ids.ts';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '#tests/support/app.ts';
import { newListener, openDiscovery, pickRecording, saveTen, tracksOf } from '#tests/support/discovery/saved-lists.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openDiscovery();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

const idsOf = (list: { tracks: readonly { recordingId: number }[] }) => list.tracks.map((track) => track.recordingId);
const someone = savedPlaylistId.parse(randomUUID());

test('a list is saved with what it was made from and the facts of each track, and is the same on another device', async () => {
  const { device } = await newListener(app);
  const request = { seeds: [{ kind: 'recording' as const, recordingId: await pickRecording(app) }], size: 12, closeness: 'close' as const };
  const list = await device().fromSeeds(request);
  const saved = await device().saved.save({ name: ' Rainy Sunday ', criteria: { kind: 'seeds', request }, tracks: tracksOf(list) });
  expect(saved).toMatchObject({ name: 'Rainy Sunday', state: 'saved', revision: 1, version: 1, isCurrent: true, repeatDays: 30, notes: [] });
  expect(saved.criteriaSays).toBe('Like 1 track; closeness: close');
  expect(saved.criteria).toMatchObject({ kind: 'seeds', request: { size: 12, closeness: 'close', perArtist: 2 } });
  expect(saved.tracks.map(({ title, artists, reason }) => ({ title, artists, why: reason.why, facts: reason.facts }))).toEqual(
    list.tracks.map(({ title, artists, why, reason }) => ({ title, artists, why, facts: reason })),
  );
  for (const track of saved.tracks) {
    expect(track).toMatchObject({ inCatalog: true, isDisliked: false, isPinned: false });
    expect(track.spotifyTrackId).toMatch(/^\w{22}$/);
    expect(track.durationMs).toBeGreaterThan(0);
  }
  expect(await device().saved.show({ savedId: saved.id })).toEqual(saved);
  const { playlists } = await device().saved.list({});
  expect(playlists).toMatchObject([{ id: saved.id, tracks: 12, durationMs: saved.durationMs, criteria: { kind: 'seeds' }, spotify: null }]);
  expect(playlists[0]?.first).toEqual(saved.tracks.slice(0, 3).map(({ title, artists }) => ({ title, artists })));
});

test('a draft is continued on another device, replaced in place while it is one, and finished once', async () => {
  const { device } = await newListener(app);
  const criteria = { kind: 'vibe' as const, sentence: 'calm evening', spec: { energy: [0, 0.4] as [number, number] } };
  const draft = await device().saved.save({ name: 'Evening', state: 'draft', criteria, tracks: [] });
  expect((await device().saved.list({ state: 'saved' })).playlists).toEqual([]);
  const [card] = (await device().saved.list({ state: 'draft' })).playlists;
  expect(card).toMatchObject({ id: draft.id, tracks: 0, criteria: { says: 'calm evening' } });
  const recording = await pickRecording(app);
  const into = { savedId: draft.id, revision: draft.revision };
  const next = await device().saved.save({ into, name: 'Evening', state: 'draft', criteria, tracks: [{ recordingId: recording }] });
  expect(next).toMatchObject({ version: 1, revision: 2, state: 'draft' });
  expect(next.tracks[0]?.reason).toEqual({ kind: 'chosen', why: 'Chosen by you.', facts: {} });
  const done = await device().saved.save({
    into: { savedId: draft.id, revision: 2 },
    name: 'Evening',
    criteria,
    tracks: [{ recordingId: recording }],
  });
  expect(done).toMatchObject({ version: 1, state: 'saved' });
  const again = device().saved.save({ into: { savedId: draft.id, revision: 3 }, name: 'Evening', state: 'draft', criteria, tracks: [] });
  await expect(again).rejects.toMatchObject({ cause: { code: 'conflict', field: 'state' } });
  expect((await device().saved.history({ savedId: draft.id })).versions).toHaveLength(1);
});

test('edits are one version together; every version stays in the history and can be restored', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const ids = idsOf(saved).map((id) => recordingId.parse(id));
  const edited = await device().saved.edit({
    savedId: saved.id,
    revision: 1,
    edits: [
      { kind: 'remove', recordingId: ids[0]! },
      { kind: 'pin', recordingId: ids[1]! },
      { kind: 'move', recordingId: ids[9]!, position: 1 },
      { kind: 'swap', recordingId: ids[2]! },
    ],
  });
  expect(edited).toMatchObject({ version: 2, revision: 2 });
  expect(idsOf(edited).slice(0, 2)).toEqual([ids[9], ids[1]]);
  expect(edited.tracks[1]?.isPinned).toBe(true);
  const swapped = idsOf(edited)[2]!;
  expect(ids).not.toContain(swapped);
  expect(edited.tracks[2]?.reason.why).not.toBe('');
  expect(idsOf(edited).slice(3)).toEqual(ids.slice(3, 9));
  const order = idsOf(edited)
    .map((id) => recordingId.parse(id))
    .toReversed();
  const turned = await device().saved.edit({
    savedId: saved.id,
    revision: 2,
    edits: [
      { kind: 'order', recordingIds: order },
      { kind: 'add', track: { recordingId: ids[0]! }, position: 4 },
      { kind: 'unpin', recordingId: ids[1]! },
    ],
  });
  expect(idsOf(turned)).toEqual(order.toSpliced(3, 0, ids[0]!));
  const { versions } = await device().saved.history({ savedId: saved.id });
  expect(versions.map(({ version, how, says, tracks, isCurrent }) => ({ version, how, says, tracks, isCurrent }))).toEqual([
    { version: 3, how: 'edited', says: '1 added, 1 unpinned, order changed', tracks: 10, isCurrent: true },
    { version: 2, how: 'edited', says: '1 removed, 1 swapped, 1 moved, 1 pinned', tracks: 9, isCurrent: false },
    { version: 1, how: 'saved', says: 'Saved', tracks: 10, isCurrent: false },
  ]);
  const older = await device().saved.show({ savedId: saved.id, version: 1 });
  expect(older).toMatchObject({ isCurrent: false, version: 1, revision: 3 });
  const back = await device().saved.restore({ savedId: saved.id, revision: 3, version: 1 });
  expect(back).toMatchObject({ version: 4, isCurrent: true });
  expect(back.tracks).toEqual(saved.tracks);
});

test('an edit that does not fit is named, and none of the edits is made', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const ids = idsOf(saved).map((id) => recordingId.parse(id));
  const gone = recordingId.parse(9_999_999);
  const edit = (...edits: Parameters<ReturnType<typeof device>['saved']['edit']>[0]['edits']) =>
    device().saved.edit({ savedId: saved.id, revision: 1, edits });
  const first = { kind: 'remove', recordingId: ids[0]! } as const;
  await expect(edit(first, { kind: 'pin', recordingId: ids[0]! })).rejects.toMatchObject({ cause: { field: 'edits.1.recordingId' } });
  await expect(edit(first, { kind: 'add', track: { recordingId: ids[1]! } })).rejects.toMatchObject({ cause: { field: 'edits.1.track' } });
  await expect(edit(first, { kind: 'add', track: { recordingId: gone } })).rejects.toMatchObject({ cause: { code: 'invalid_input' } });
  await expect(edit({ kind: 'order', recordingIds: ids.slice(1) })).rejects.toMatchObject({ cause: { field: 'edits.0.recordingIds' } });
  await expect(edit(...ids.map((id) => ({ kind: 'remove' as const, recordingId: id })))).rejects.toMatchObject({ cause: { field: 'edits' } });
  await expect(edit()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await device().saved.show({ savedId: saved.id })).toEqual(saved);
});

test('of two tabs that change the same playlist the second is told, and nothing is overwritten', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const [tab, other] = [device().saved, device().saved];
  await tab.rename({ savedId: saved.id, revision: 1, name: 'Rainy Monday', description: 'For the train.' });
  const { id: savedId, criteria } = saved;
  const late = [
    () => other.rename({ savedId, revision: 1, name: 'Sunny Sunday' }),
    () => other.edit({ savedId, revision: 1, edits: [{ kind: 'pin', recordingId: recordingId.parse(idsOf(saved)[0]) }] }),
    () => other.regenerate({ savedId, revision: 1 }),
    () => other.restore({ savedId, revision: 1, version: 1 }),
    () =>
      other.save({
        into: { savedId, revision: 1 },
        name: 'Sunny Sunday',
        criteria: { kind: 'chosen' },
        tracks: [{ recordingId: recordingId.parse(idsOf(saved)[0]) }],
      }),
  ];
  for (const change of late) {
    await expect(change()).rejects.toMatchObject({
      cause: {
        code: 'conflict',
        field: 'revision',
        message: expect.stringMatching(/“Rainy Monday” was changed .* at \d\d:\d\d UTC/),
        remedy: expect.any(String),
      },
    });
  }
  const shown = await tab.show({ savedId });
  expect(shown).toMatchObject({ name: 'Rainy Monday', description: 'For the train.', revision: 2, version: 1, criteria });
  const at = { savedId, revision: 2 };
  const race = await Promise.allSettled([1, 2, 3, 4].map((n) => device().saved.rename({ ...at, name: `Tab ${n}` })));
  expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a deleted playlist is gone from the list, can be restored for 30 days with its versions, and is then deleted for good', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const copy = await device().saved.duplicate({ savedId: saved.id });
  expect(copy).toMatchObject({ name: 'Rainy Sunday (copy)', version: 1, revision: 1, criteria: saved.criteria });
  expect(copy.tracks).toEqual(saved.tracks);
  const removed = await device().saved.remove({ savedId: saved.id });
  expect(Date.parse(removed.undoUntil) - Date.parse(removed.removedAt)).toBe(30 * 24 * 3_600_000);
  expect(await device().saved.list({})).toMatchObject({ playlists: [{ id: copy.id }], removed: [{ id: saved.id, name: 'Rainy Sunday' }] });
  await expect(device().saved.show({ savedId: saved.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    cause: { message: expect.stringContaining('deleted') },
  });
  await expect(device().saved.rename({ savedId: saved.id, revision: 2, name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const back = await device().saved.undoRemove({ savedId: saved.id });
  expect(back.tracks).toEqual(saved.tracks);
  expect((await device().saved.undoRemove({ savedId: saved.id })).revision).toBe(back.revision);
  await device().saved.remove({ savedId: saved.id });
  await app.deps.db
    .update(savedPlaylists)
    .set({ removedAt: new Date(app.clock.now().getTime() - 31 * 24 * 3_600_000) })
    .where(eq(savedPlaylists.id, saved.id));
  expect((await device().saved.list({})).removed).toEqual([]);
  await expect(device().saved.undoRemove({ savedId: saved.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await app.deps.pool.query(`select graphile_worker.add_job('watch-network', '{}'::json)`);
  await app.runJobs();
  expect(await app.deps.db.select().from(savedPlaylistVersions).where(eq(savedPlaylistVersions.savedId, saved.id))).toEqual([]);
  expect((await device().saved.show({ savedId: copy.id })).tracks).toHaveLength(10);
});

test('another person’s playlist is not found by any procedure, and a stranger is asked to sign in', async () => {
  const [ann, ben] = [await newListener(app), await newListener(app, 'Ben')];
  const { id: savedId } = await saveTen(app, ann.device);
  const track = { recordingId: await pickRecording(app) };
  const all = ({ saved }: ReturnType<typeof ben.device>, id: typeof savedId) => [
    () => saved.save({ into: { savedId: id, revision: 1 }, name: 'x', criteria: { kind: 'chosen' }, tracks: [track] }),
    () => saved.show({ savedId: id }),
    () => saved.rename({ savedId: id, revision: 1, name: 'x' }),
    () => saved.edit({ savedId: id, revision: 1, edits: [{ kind: 'pin', ...track }] }),
    () => saved.history({ savedId: id }),
    () => saved.restore({ savedId: id, revision: 1, version: 1 }),
    () => saved.regenerate({ savedId: id, revision: 1 }),
    () => saved.duplicate({ savedId: id }),
    () => saved.remove({ savedId: id }),
    () => saved.undoRemove({ savedId: id }),
  ];
  for (const call of [...all(ben.device(), savedId), ...all(ann.device(), someone)]) {
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND', cause: { message: 'There is no such playlist.' } });
  }
  for (const call of all(app.as({ kind: 'anonymous' }).discovery, savedId)) await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect((await ben.device().saved.list({})).playlists).toEqual([]);
});

test('tracks that are not in the catalog, facts that cannot be stored and too long lists are refused with the field; repeats are left out and said', async () => {
  const { device } = await newListener(app);
  const recording = await pickRecording(app);
  const save = (tracks: Parameters<ReturnType<typeof device>['saved']['save']>[0]['tracks'], kind: 'chosen' | 'vibe' = 'chosen') =>
    device().saved.save({ name: 'List', criteria: kind === 'chosen' ? { kind } : { kind, spec: {} }, tracks });
  await expect(save([{ recordingId: recording }, { recordingId: recordingId.parse(9_999_999) }])).rejects.toMatchObject({
    cause: { code: 'invalid_input', field: 'tracks', message: '1 of 2 tracks are not in the catalog: 9999999.' },
  });
  const reason = { kind: 'match' as const, why: 'Because.' };
  const hostile = [
    { text: 'a\u0000b' },
    { nested: { deep: ['\ud800'] } },
    { text: 'x'.repeat(1_001) },
    { 'not a name': 1 },
    { many: Array.from({ length: 61 }, () => 0) },
  ];
  for (const facts of hostile)
    await expect(save([{ recordingId: recording, reason: { ...reason, facts } }])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(save([])).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(
    save(
      Array.from({ length: 501 }, () => ({ recordingId: recording })),
      'vibe',
    ),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const imported = await save(Array.from({ length: 10_000 }, () => ({ recordingId: recording })));
  expect(imported.tracks).toHaveLength(1);
  expect(imported.notes).toEqual(['9999 repeats were left out.']);
  expect((await device().saved.list({})).playlists).toHaveLength(1);
});
