import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const TODAY = '2026-11-21';

async function startFilledApp(): Promise<TestApp> {
  const app = await startTestApp({ at: `${TODAY}T05:00:00Z` });
  await fillLargeNetwork(app.databaseUrl, { recordings: 2_000, playlists: 0, policies: 0, historyDays: 0, today: TODAY });
  return app;
}

const bodyOf = (parts: object) => ({ version: 2, pool: { all: [] }, size: 20, rest: { days: 12, scope: 'playlist' }, ...parts });
const energy = { field: 'energy', toward: 0.6, spread: 0.15, weight: 1 } as const;

test('the preview has a picture of each target: the list’s distribution beside the one that was asked for', async () => {
  await using app = await startFilledApp();
  const body = bodyOf({ prefer: [energy, { field: 'genre', has: 'genre 3', weight: 1 }, { field: 'tempo', toward: 120, spread: 20, weight: 1 }] });
  const { spreads, entries, notes } = await app.admin.playlistAdmin.policies.preview({ body });
  expect(spreads.map(({ field }) => field)).toEqual(['energy', 'tempo']);
  for (const { bins, known, unknown, mean, deviation, toward, spread } of spreads) {
    expect(known + unknown).toBe(20);
    expect(bins.reduce((sum, { tracks }) => sum + tracks, 0)).toBe(known);
    expect(bins.reduce((sum, { wished }) => sum + wished, 0)).toBeCloseTo(known, 6);
    expect(bins.every(({ from, to }, at) => to > from && (at === 0 || bins[at - 1]?.to === from))).toBe(true);
    const middle = bins.toSorted((a, b) => b.wished - a.wished)[0];
    expect((middle?.from ?? 0) <= toward + spread && (middle?.to ?? 0) >= toward - spread).toBe(true);
    expect(Math.abs((mean ?? 0) - toward)).toBeLessThan(spread / 3);
    expect(deviation).toBeGreaterThan(spread * 0.7);
  }
  const energies = entries.flatMap((entry) => entry.energy ?? []);
  expect(spreads[0]?.mean).toBeCloseTo(energies.reduce((sum, value) => sum + value, 0) / energies.length, 4);
  expect(notes).toEqual([]);
});

test('the arc is drawn with energies that the list has, in the shape that was asked for, and there is none without an arc', async () => {
  await using app = await startFilledApp();
  const { policies } = app.admin.playlistAdmin;
  const rising = await policies.preview({ body: bodyOf({ prefer: [energy], flow: { energy: 'rise' } }) });
  const wished = rising.entries.map(({ wishedEnergy }) => wishedEnergy ?? Number.NaN);
  expect(wished).toEqual(wished.toSorted((a, b) => a - b));
  const has = new Set(rising.entries.map((entry) => entry.energy?.toFixed(4)));
  expect(wished.every((one) => has.has(one.toFixed(4)))).toBe(true);
  const free = await policies.preview({ body: bodyOf({ prefer: [energy] }) });
  expect(free.entries.every(({ wishedEnergy }) => wishedEnergy === null)).toBe(true);
});

test('the window has the level of thirty days to come, stores nothing, and is the same when it is asked for again', async () => {
  await using app = await startFilledApp();
  const { policies } = app.admin.playlistAdmin;
  const body = bodyOf({ prefer: [energy] });
  const { days } = await policies.window({ body });
  expect(days.map(({ day }) => day)).toEqual(expect.arrayContaining([TODAY, '2026-12-20']));
  expect(days).toHaveLength(30);
  expect(days[0]).toMatchObject({ fromFirst: 20 });
  expect(Math.min(...days.map(({ level }) => level ?? 0))).toBeGreaterThan(0.7);
  expect(await policies.window({ body })).toEqual({ days });
  expect((await app.deps.db.execute<{ n: number }>(sql`select count(*)::int as n from snapshots`)).rows[0]?.n).toBe(0);
  // The first day of the window is the list of the preview.
  const { spreads } = await policies.preview({ body });
  const [first] = spreads;
  const error = Math.abs((first?.mean ?? 0) - 0.6) / 0.15 + Math.abs((first?.deviation ?? 0) / 0.15 - 1);
  expect(days[0]?.level).toBeCloseTo(1 / (1 + error), 6);
  // A day without a list has no level.
  const dry = await policies.window({ body: { ...body, pool: { field: 'genre', op: 'has', value: 'genre 3' }, size: 20 }, days: 10 });
  expect(dry.days.at(-1)).toMatchObject({ level: null, fromFirst: 0 });
});

test('what a policy asks for in vain is named in the preview: unknown values, no tempo or key, one artist, too wide a spread, too short an arc', async () => {
  await using app = await startFilledApp();
  const { db } = app.deps;
  const { policies } = app.admin.playlistAdmin;
  await db.execute(sql`update track_features set tempo = 0, key = null, instrumentalness = null, liveness = 0.5`);
  await db.execute(sql`insert into artists (id, name, source, fetched_at) values ('soloist000000000000001', 'Ida Solo', 'spotify', now())`);
  await db.execute(
    sql`update track_artists set artist_id = 'soloist000000000000001' where position = 1 and track_id in (select track_id from recordings where id % 24 = 5)`,
  );
  await db.execute(sql`delete from track_artists where position = 2`);
  await db.execute(sql`select pg_stat_force_next_flush()`);
  const notesOf = async (parts: object) => (await policies.preview({ body: bodyOf(parts) })).notes.join('\n');
  expect(await notesOf({ prefer: [{ ...energy, field: 'tempo', toward: 120, spread: 20 }] })).toContain('No recording of the pool has a known tempo');
  expect(await notesOf({ prefer: [{ ...energy, field: 'instrumentalness' }] })).toContain('No recording of the pool has a known instrumentalness');
  expect(await notesOf({ flow: { energy: 'free', tempo: 0.5 } })).toContain('tempo matching has no effect');
  expect(await notesOf({ flow: { energy: 'free', harmonic: 0.5 } })).toContain('harmonic mixing has no effect');
  expect(await notesOf({ prefer: [{ ...energy, field: 'liveness', toward: 0.5, spread: 0.3 }] })).toContain('Liveness: spread 0.00 instead of 0.30');
  expect(await notesOf({ size: 4, flow: { energy: 'rise' } })).toContain('An energy arc needs at least 5 tracks to be heard; this list has 4.');
  const alone = { pool: { field: 'genre', op: 'has', value: 'genre 5' }, caps: { perArtist: 50, perAlbum: 50 }, separation: { artist: 0 } };
  expect(await notesOf(alone)).toContain('Every track of the list is by the same artist');
});

test('a window is the operator’s, and a draft that is invalid names the field', async () => {
  await using app = await startTestApp();
  await expect(app.as({ kind: 'anonymous' }).playlistAdmin.policies.window({ body: {} })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  const wrong = { opener: [{ field: 'camelot', has: '13A', weight: 1 }] };
  await expect(app.admin.playlistAdmin.policies.window({ body: bodyOf({ roles: wrong }) })).rejects.toMatchObject({
    cause: { code: 'invalid_input', field: 'roles.opener.0.has' },
  });
  await expect(app.admin.playlistAdmin.policies.window({ body: bodyOf({ roles: { peak: [{ field: 'energy' }] } }) })).rejects.toMatchObject({
    cause: { code: 'invalid_input', field: 'roles.peak.0', message: 'This is not a preference.' },
  });
});
