import { SYSTEM } from '#server/actor.ts';
import { users } from '#drizzle/schema/index.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { recordingId, spotifyArtistId, userId } from '#shared/ids.ts';
import type { RecordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
/** Two songs by different artists, clean and with known features. */
let [from, to]: RecordingId[] = [];
beforeAll(async () => {
  app = await startTestApp();
  const ids = Array.from({ length: 60 }, (_, at) => app.sandbox.catalog.albumIdAt(at));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await app.runJobs();
  [from, to] = await heard();
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

async function signIn() {
  const id = userId.parse(randomUUID());
  const at = app.clock.now();
  await app.deps.db.insert(users).values({ id, displayName: 'Ann', createdAt: at, lastSignedInAt: at });
  return app.as({ kind: 'user', userId: id, isAdmin: false }).discovery;
}

/** The quietest and the liveliest clean recording, each with its features. */
async function heard(): Promise<RecordingId[]> {
  const found = await app.deps.db.execute<{ id: number }>(sql`
    (select r.id from recordings r join track_features f on f.recording_id = r.id where r.explicit = false and f.tempo > 0 order by f.energy, r.id limit 1)
    union all
    (select r.id from recordings r join track_features f on f.recording_id = r.id where r.explicit = false and f.tempo > 0 order by f.energy desc, r.id limit 1)`);
  return found.rows.map(({ id }) => recordingId.parse(id));
}

const refusal = (code: string, field: string, message: string) => ({ cause: { code, field, message: expect.stringContaining(message) } });

test('a path leads from one song to another in the steps that were asked for, each step with its facts, the same again when asked again', async () => {
  const discovery = await signIn();
  for (const steps of [2, 5, 30]) {
    const path = await discovery.path({ from: from!, to: to!, steps, separation: 2 });
    expect(path.tracks).toHaveLength(steps + 1);
    expect(path.steps).toHaveLength(steps);
    expect([path.tracks[0]?.recordingId, path.tracks.at(-1)?.recordingId]).toEqual([from, to]);
    expect(new Set(path.tracks.map((track) => track.recordingId)).size).toBe(steps + 1);
    for (const { why, facts } of path.steps) {
      expect(facts.length).toBeGreaterThan(0);
      expect(why).toMatch(/\d/);
    }
    expect(path.steps.filter(({ isWeakest }) => isWeakest)).toHaveLength(1);
    expect(await discovery.path({ from: from!, to: to!, steps, separation: 2 })).toEqual(path);
  }
});

test('another way keeps the other tracks and leaves one out', async () => {
  const discovery = await signIn();
  const first = await discovery.path({ from: from!, to: to!, steps: 6 });
  const [, , replaced] = first.tracks.map((track) => recordingId.parse(track.recordingId));
  const keep = first.tracks
    .slice(1, -1)
    .flatMap(({ position, recordingId: id }) => (id === replaced ? [] : [{ position, recordingId: recordingId.parse(id) }]));
  const other = await discovery.path({ from: from!, to: to!, steps: 6, keep, exclude: { recordings: [replaced!] } });
  const changed = other.tracks.filter(({ recordingId: id }, at) => id !== first.tracks[at]?.recordingId);
  expect(changed.map(({ position }) => position)).toEqual([3]);
});

test('what is disliked, excluded or explicit is never on a path', async () => {
  const discovery = await signIn();
  const first = await discovery.path({ from: from!, to: to!, steps: 8 });
  const between = first.tracks.slice(1, -1).map((track) => recordingId.parse(track.recordingId));
  await discovery.dislikes.add({ kind: 'recording', recordingId: between[0]! });
  const second = await discovery.path({ from: from!, to: to!, steps: 8, exclude: { recordings: between.slice(1, 4) }, explicit: 'clean' });
  const ids = second.tracks.map((track) => track.recordingId);
  for (const id of between.slice(0, 4)) expect(ids).not.toContain(id);
  const unclean = await app.deps.db
    .execute(sql`select 1 from recordings r where r.id = any(${sql.param(ids)}::int[]) and r.explicit is distinct from false
    and not exists (select 1 from tracks t where t.recording_id = r.id and t.explicit = false)`);
  expect(unclean.rows).toEqual([]);
});

test('ends and tracks that contradict what is asked are refused with the field and the reason', async () => {
  const discovery = await signIn();
  await expect(discovery.path({ from: from!, to: from! })).rejects.toMatchObject(refusal('invalid_input', 'to', 'Both ends are the same recording'));
  await expect(discovery.path({ from: from!, to: recordingId.parse(9_999_999) })).rejects.toMatchObject(
    refusal('not_found', 'to', 'is not in the catalog'),
  );
  await expect(discovery.path({ from: from!, to: to!, exclude: { recordings: [to!] } })).rejects.toMatchObject(
    refusal('invalid_input', 'to', 'is excluded'),
  );
  await expect(discovery.path({ from: from!, to: to!, steps: 3, keep: [{ position: 4, recordingId: to! }] })).rejects.toMatchObject(
    refusal('invalid_input', 'keep', 'place 4'),
  );
  await expect(discovery.path({ from: from!, to: to!, keep: [{ position: 2, recordingId: to! }] })).rejects.toMatchObject(
    refusal('invalid_input', 'keep', 'is one of the ends'),
  );
  const artists = await app.deps.db.execute<{ id: string }>(sql`select id from artists order by id limit 100`);
  const all = artists.rows.map(({ id }) => spotifyArtistId.parse(id));
  await expect(discovery.path({ from: from!, to: to!, exclude: { artists: all } })).rejects.toMatchObject({ cause: { code: 'invalid_input' } });
  await expect(discovery.path({ from: from!, to: to!, steps: 31 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const stranger = app.as({ kind: 'anonymous' }).discovery.path({ from: from!, to: to! });
  await expect(stranger).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('where no audio feature is known, a path goes by genres and credits and says so, or says what is unknown', async () => {
  await using silent = await startTestApp();
  const ids = Array.from({ length: 30 }, (_, at) => silent.sandbox.catalog.albumIdAt(at));
  await submitImport(silent.deps, SYSTEM, { text: ids.join('\n') });
  await silent.runJobs();
  await silent.deps.db
    .execute(sql`update track_features set danceability = null, energy = null, valence = null, tempo = null, loudness = null, speechiness = null,
    acousticness = null, instrumentalness = null, liveness = null, key = null, mode = null`);
  const genres = await silent.deps.db.execute<{ id: number }>(sql`
    select min(recording_id) as id from track_tags where kind = 'genre' group by tag having count(*) > 6 order by 1 limit 1`);
  const near = await silent.deps.db.execute<{ id: number }>(sql`
    select distinct t.recording_id as id from track_tags t where kind = 'genre' and tag in (select tag from track_tags where recording_id = ${genres.rows[0]?.id ?? 0})
    and t.recording_id <> ${genres.rows[0]?.id ?? 0} order by 1 desc limit 1`);
  const [a, b] = [recordingId.parse(genres.rows[0]?.id), recordingId.parse(near.rows[0]?.id)];
  const untagged = await silent.deps.db.execute<{ id: number }>(
    sql`select max(id) as id from recordings where id not in (${a}, ${b}) and merged_into is null`,
  );
  const c = recordingId.parse(untagged.rows[0]?.id);
  await silent.deps.db.execute(sql`delete from track_tags where recording_id = ${c}`);
  const path = await silent.admin.discovery.path({ from: a, to: b, steps: 3, separation: 1 });
  expect(path.notes[0]).toContain('The sound of “');
  expect(path.steps.every(({ facts }) => facts.length > 0)).toBe(true);
  await expect(silent.admin.discovery.path({ from: c, to: b, steps: 3 })).rejects.toMatchObject(
    refusal('not_found', 'to', 'the sound and genres of “'),
  );
});
