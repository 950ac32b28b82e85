import { recordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '#tests/support/app.ts';
import { newListener, openDiscovery, saveTen } from '#tests/support/discovery/saved-lists.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openDiscovery();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

const DAY_MS = 24 * 3_600_000;
const idsOf = (list: { tracks: readonly { recordingId: number }[] }) => list.tracks.map((track) => track.recordingId);

test('made again on another day: new tracks with reasons, pinned ones at their places, nothing of the last 30 days, each version with a seed of its own', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const pinned = recordingId.parse(idsOf(saved)[3]);
  let current = await device().saved.edit({ savedId: saved.id, revision: 1, edits: [{ kind: 'pin', recordingId: pinned }] });
  const had = new Set(idsOf(saved));
  for (let day = 1; day <= 2; day += 1) {
    app.clock.advance(DAY_MS);
    current = await device().saved.regenerate({ savedId: saved.id, revision: current.revision });
    expect(current.tracks).toHaveLength(10);
    expect(current.tracks[3]).toMatchObject({ recordingId: pinned, isPinned: true });
    const others = idsOf(current).filter((id) => id !== pinned);
    expect(others.filter((id) => had.has(id))).toEqual([]);
    for (const { reason } of current.tracks) expect(reason.why).not.toBe('');
    for (const id of others) had.add(id);
  }
  const { versions } = await device().saved.history({ savedId: saved.id });
  expect(versions[0]).toMatchObject({ how: 'regenerated', says: 'New list, 1 pinned kept' });
  expect(new Set(versions.slice(0, 2).map(({ seed }) => seed)).size).toBe(2);
  app.clock.advance(40 * DAY_MS);
  const later = await device().saved.regenerate({ savedId: saved.id, revision: current.revision, repeatDays: 35 });
  expect(later.repeatDays).toBe(35);
  // What was shown until today still rests; what the first lists had may come again.
  expect(idsOf(later).filter((id) => id !== pinned && idsOf(current).includes(id))).toEqual([]);
});

test('a list of a sentence is made again by its chips, without what it had', async () => {
  const { device } = await newListener(app);
  const made = await device().generate({ sentence: 'calm, 12 songs' });
  const saved = await device().saved.save({
    name: 'Calm',
    criteria: { kind: 'vibe', sentence: 'calm, 12 songs', spec: made.spec },
    tracks: made.tracks.map(({ recordingId: id, why, reasons }) => ({
      recordingId: recordingId.parse(id),
      reason: { kind: 'rules' as const, why, facts: JSON.parse(JSON.stringify(reasons)) as Record<string, never> },
    })),
  });
  expect(saved.tracks.map(({ reason }) => reason.facts)).toEqual(made.tracks.map(({ reasons }) => reasons));
  const again = await device().saved.regenerate({ savedId: saved.id, revision: 1 });
  expect(again.criteria).toEqual(saved.criteria);
  expect(again.tracks).toHaveLength(12);
  expect(idsOf(again).filter((id) => idsOf(saved).includes(id))).toEqual([]);
  const same = await device().saved.regenerate({ savedId: saved.id, revision: 2, repeatDays: 0 });
  expect(same.tracks).toHaveLength(12);
});

test('a path is made again between the same ends, over other tracks and over pinned ones', async () => {
  const { device } = await newListener(app);
  const found = await app.deps.db.execute<{ id: number }>(
    sql`select r.id from recordings r join track_features f on f.recording_id = r.id where f.energy is not null order by r.id`,
  );
  const [from, to] = [recordingId.parse(found.rows[0]?.id), recordingId.parse(found.rows.at(-1)?.id)];
  const request = { from, to, steps: 6 };
  const path = await device().path(request);
  const saved = await device().saved.save({
    name: 'Bridge',
    criteria: { kind: 'path', request },
    tracks: path.tracks.map(({ recordingId: id }, at) => ({ recordingId: recordingId.parse(id), isPinned: at === 2 })),
  });
  expect(saved.criteriaSays).toBe('A path in 6 steps');
  const again = await device().saved.regenerate({ savedId: saved.id, revision: 1 });
  expect(idsOf(again)).toHaveLength(7);
  expect([idsOf(again)[0], idsOf(again)[2], idsOf(again)[6]]).toEqual([from, idsOf(saved)[2], to]);
  expect(again.tracks[2]?.isPinned).toBe(true);
  const between = [1, 3, 4, 5].map((at) => idsOf(again)[at]);
  expect(between.filter((id) => id !== undefined && idsOf(saved).includes(id))).toEqual([]);
  expect(again.tracks.slice(3).map(({ reason }) => reason.kind)).toEqual(['step', 'step', 'step', 'step']);
});

test('what the listener dislikes does not come again, and is marked in lists of before', async () => {
  const { device } = await newListener(app);
  const saved = await saveTen(app, device);
  const disliked = recordingId.parse(idsOf(saved)[0]);
  await device().dislikes.add({ kind: 'recording', recordingId: disliked });
  const shown = await device().saved.show({ savedId: saved.id });
  expect(shown.tracks.map(({ isDisliked }) => isDisliked)).toEqual(saved.tracks.map((_, at) => at === 0));
  const again = await device().saved.regenerate({ savedId: saved.id, revision: 1, repeatDays: 0 });
  expect(idsOf(again)).not.toContain(disliked);
});

test('with nothing new left the list does not change; a list chosen by hand cannot be regenerated, and a track of it can be swapped for a similar one', async () => {
  const { device } = await newListener(app);
  const named = await app.deps.db.execute<{ name: string }>(sql`
    select a.name from artists a join track_artists ta on ta.artist_id = a.id join recordings r on r.track_id = ta.track_id
    group by a.name having count(*) between 9 and 15 and count(*) % 4 <> 0 order by a.name limit 1`);
  const { spec, tracks } = await device().generate({ spec: { artists: [named.rows[0]!.name], tracks: 4 } });
  const saved = await device().saved.save({
    name: 'One artist',
    criteria: { kind: 'vibe', spec },
    tracks: tracks.map(({ recordingId: id }) => ({ recordingId: recordingId.parse(id) })),
  });
  let revision = 1;
  let failure: unknown;
  const notes: (string | undefined)[] = [];
  for (let round = 0; round < 20 && failure === undefined; round += 1) {
    try {
      const next = await device().saved.regenerate({ savedId: saved.id, revision });
      revision = next.revision;
      if (next.tracks.length < 4) notes.push(next.notes.at(-1));
    } catch (error) {
      failure = error;
    }
  }
  expect(failure).toMatchObject({ cause: { code: 'conflict', field: 'repeatDays', message: expect.stringContaining('The list stays as it is') } });
  expect(notes.length).toBeGreaterThan(0);
  for (const note of notes) expect(note).toMatch(/\d of 4 tracks: no more were found without repeating one of the last 30 days/);
  expect((await device().saved.show({ savedId: saved.id })).revision).toBe(revision);
  const chosen = await device().saved.save({
    name: 'Mine',
    criteria: { kind: 'chosen' },
    tracks: [{ recordingId: recordingId.parse(idsOf(saved)[0]) }],
  });
  await expect(device().saved.regenerate({ savedId: chosen.id, revision: 1 })).rejects.toMatchObject({
    cause: { code: 'conflict', remedy: expect.stringContaining('seeds') },
  });
  const swapped = await device().saved.edit({
    savedId: chosen.id,
    revision: 1,
    edits: [{ kind: 'swap', recordingId: recordingId.parse(idsOf(saved)[0]) }],
  });
  expect(swapped.tracks).toHaveLength(1);
  expect(swapped.tracks[0]?.recordingId).not.toBe(idsOf(saved)[0]);
  expect(swapped.tracks[0]?.reason.kind).toBe('match');
});
