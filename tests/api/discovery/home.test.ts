import { recordingId, spotifyTrackId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestApp } from '#tests/support/app.ts';
import { newListener, openDiscovery } from '#tests/support/discovery/saved-lists.ts';
import { publish, seedPlaylist } from '#tests/support/network/published-network.ts';

const TODAY = '2026-11-21';
const DAY_MS = 24 * 3_600_000;

const LISTS = 8;
const SIZE = 20;

let app: TestApp;
let recordings: { id: number; trackId: string }[];
beforeAll(async () => {
  app = await openDiscovery({ at: `${TODAY}T05:00:00Z` });
  const found = await app.deps.db.execute<{ id: number; trackId: string }>(sql`select id, track_id as "trackId" from recordings order by id`);
  recordings = found.rows;
  for (let index = 1; index <= LISTS; index += 1) {
    const tracks = listOf(index).map(({ id, trackId }) => ({ recordingId: recordingId.parse(id), trackId: spotifyTrackId.parse(trackId) }));
    await publish(app.deps.db, { playlistId: await seedPlaylist(app.deps.db, index), day: TODAY, tracks });
  }
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

/** The recordings of a playlist: neighbors in the catalog, so of few albums. */
const listOf = (index: number) => recordings.slice((index - 1) * SIZE, index * SIZE);
const chosen = (index: number, count = SIZE) =>
  listOf(index)
    .slice(0, count)
    .map(({ id }) => ({ recordingId: recordingId.parse(id) }));

test('without playlists of their own a listener sees the lists with the most new tracks; with some, those with the same artists, and each says why', async () => {
  const { device } = await newListener(app);
  const first = await device().home();
  expect(first).toMatchObject({ saved: [], drafts: [], picks: { rule: expect.stringContaining('most new tracks') } });
  expect(first.picks.playlists).toHaveLength(6);
  for (const { says, tracks } of first.picks.playlists) expect(says).toMatch(new RegExp(`^\\d+ of ${tracks} tracks are new in this list\\.$`));
  const tracks = chosen(5);
  const saved = await device().saved.save({ name: 'Mine', criteria: { kind: 'chosen' }, tracks });
  const draft = await device().saved.save({ name: 'Not done', state: 'draft', criteria: { kind: 'chosen' }, tracks: [] });
  const home = await device().home();
  expect(home.picks.rule).toContain('artists of the playlists that you changed in the last 28 days');
  expect(home.picks.playlists).toContainEqual(
    expect.objectContaining({ index: 5, says: `${tracks.length} of ${tracks.length} tracks are by artists of your playlists.` }),
  );
  const shared = home.picks.playlists.map(({ says }) => Number.parseInt(says, 10));
  expect(shared).toEqual(shared.toSorted((a, b) => b - a));
  expect(home).toMatchObject({ saved: [{ id: saved.id, name: 'Mine', tracks: tracks.length }], drafts: [{ id: draft.id, state: 'draft' }] });
  await device().saved.remove({ savedId: saved.id });
  expect(await device().home()).toMatchObject({ saved: [], picks: { rule: first.picks.rule } });
});

test('what was changed long ago does not count, and nobody sees another person’s home', async () => {
  const { device } = await newListener(app);
  await device().saved.save({ name: 'Old', criteria: { kind: 'chosen' }, tracks: chosen(3, 5) });
  expect((await device().home()).picks.rule).toContain('artists of the playlists');
  app.clock.advance(29 * DAY_MS);
  expect((await device().home()).picks.rule).toContain('most new tracks');
  const other = await newListener(app, 'Ben');
  expect(await other.device().home()).toMatchObject({ saved: [], drafts: [] });
  await expect(app.as({ kind: 'anonymous' }).discovery.home()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
