import { expect, test } from 'vitest';
import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { songKey } from '#shared/domain/catalog/song-key.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { listsOf, simulateDays } from './simulated-days.ts';
import { catalogOf } from './small-catalog.ts';
import type { RowSketch } from './small-catalog.ts';

const FROM = '2026-05-01';

function versionTwo(body: Record<string, unknown>): PolicyV2 {
  const policy = parsePolicy({ version: 2, pool: { all: [] }, ...body });
  if (policy.version !== 2) throw new Error('not version 2');
  return policy;
}

/** Rows by many artists, each with an energy and tempo by lot. */
function rows(count: number, more: (at: number) => RowSketch = () => ({})): RowSketch[] {
  return Array.from({ length: count }, (_, at) => ({
    artistIds: [`a${at % 400}`],
    energy: chanceOf(1, at),
    tempo: 70 + 100 * chanceOf(2, at),
    popularity: Math.floor(100 * chanceOf(3, at)),
    ...more(at),
  }));
}

const statsOf = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
};

const prefer = [{ field: 'energy', toward: 0.6, spread: 0.15, weight: 1 }];

test('a list has the mean and the spread that its policy asks for, on every day of the repeat window', () => {
  const catalog = catalogOf(rows(1_200));
  const policy = versionTwo({ prefer, size: 30, rest: { days: 12, scope: 'playlist' } });
  const days = simulateDays(catalog, { from: FROM, days: 13, listsOn: () => listsOf(policy, 1) });
  for (const { drafts } of days) {
    const { mean, deviation } = statsOf((drafts[0]?.entries ?? []).map(({ row }) => catalog.numbers.energy[row] ?? 0));
    expect(Math.abs(mean - 0.6) / 0.15).toBeLessThan(0.15);
    expect(deviation / 0.15).toBeGreaterThan(0.85);
    expect(deviation / 0.15).toBeLessThan(1.15);
  }
  const [first, last] = [days[0], days[12]].map((day) => (day?.drafts[0]?.entries ?? []).map(({ row }) => row));
  expect(last?.filter((row) => first?.includes(row)).length).toBeLessThan(12);
});

test('the same seed gives the same list, and another seed another one', () => {
  const catalog = catalogOf(rows(800));
  const listOf = (seed: string) => {
    const [draft] = curateDay({ catalog, day: FROM, lists: listsOf(versionTwo({ prefer, size: 30, seed }), 1), repeatIndex: new RepeatIndex() });
    return draft?.entries.map(({ row }) => row);
  };
  expect(listOf('one')).toEqual(listOf('one'));
  expect(listOf('one')).not.toEqual(listOf('two'));
});

test('a song is in a list once and not again within its window, whichever of its recordings', () => {
  const names = ['Song %', 'Song % - Live', 'Song % (2011 Remaster)', 'Song % [Acoustic] (feat. Guest)'];
  const catalog = catalogOf(
    rows(800, (at) => ({ title: (names[Math.floor(at / 200)] ?? '').replace('%', `${at % 200}`), artistIds: [`a${at % 200}`] })),
  );
  const policy = versionTwo({ prefer, size: 15, caps: { perArtist: 15, perAlbum: 15 }, rest: { days: 1, scope: 'playlist' } });
  const days = simulateDays(catalog, { from: FROM, days: 12, listsOn: () => listsOf(policy, 1) });
  const songs = days.map(({ drafts }) => (drafts[0]?.entries ?? []).map(({ row }) => songKey(catalog.titles?.[row] ?? '', `a${row % 200}`)));
  for (const [at, list] of songs.entries()) {
    expect(new Set(list).size).toBe(15);
    const before = new Set(songs.slice(Math.max(0, at - 7), at).flat());
    expect(list.filter((song) => before.has(song))).toEqual([]);
  }
});

test.each([
  ['2026-05-01', false],
  ['2026-12-20', true],
  ['2026-10-31', false],
  ['2027-01-03', true],
])('on %s titles of Christmas are in the pool: %s', (day, isIn) => {
  const titles = [
    'Last Christmas',
    'Feliz Navidad',
    'Winter Wonderland',
    'Santa Is Here',
    'It’s the Most Wonderful Time of the Year',
    'A Holly Jolly Day',
  ];
  const catalog = catalogOf([
    ...titles.map((title) => ({ title, energy: 0.6 })),
    ...['Santa Monica', 'Noelle', 'Snowfall'].map((title) => ({ title, energy: 0.6 })),
  ]);
  const [draft] = curateDay({ catalog, day, lists: listsOf(versionTwo({ size: 2 }), 1), repeatIndex: new RepeatIndex() });
  expect(draft?.report.pool).toBe(isIn ? 9 : 3);
});

test('artists of the day before are avoided where there is another choice, and used where there is none', () => {
  const policy = versionTwo({
    prefer,
    size: 20,
    rest: { days: 5, scope: 'playlist' },
    caps: { perArtist: 2, perAlbum: 1 },
    separation: { artist: 0 },
  });
  const againOn = (catalog: ReturnType<typeof catalogOf>) => {
    const days = simulateDays(catalog, { from: FROM, days: 4, listsOn: () => listsOf(policy, 1) });
    const artists = days.map(({ drafts }) => (drafts[0]?.entries ?? []).map(({ row }) => artistsOf(catalog, row)[0]));
    return {
      sizes: artists.map((list) => list.length),
      again: artists.slice(1).map((list, at) => list.filter((one) => artists[at]?.includes(one)).length),
    };
  };
  expect(againOn(catalogOf(rows(1_200))).again).toEqual([0, 0, 0]);
  const few = againOn(catalogOf(rows(300, (at) => ({ artistIds: [`a${at % 12}`] }))));
  expect(few.sizes).toEqual([20, 20, 20, 20]);
  expect(few.again.every((count) => count > 0)).toBe(true);
});

test.each([
  ['all tempos are 0', { tempo: 0 }, 'No recording of the pool has a known tempo: this target has no effect.'],
  ['no tempo is known', { tempo: null }, 'No recording of the pool has a known tempo: this target has no effect.'],
  ['the pool is narrower than the spread', { tempo: 120 }, 'Tempo: spread 0 BPM instead of 20 BPM. The candidates have no better choice.'],
  ['the target is out of reach', { tempo: 60 }, 'Tempo: mean 60 BPM instead of 120 BPM. The candidates have no better choice.'],
])('where %s, the list says so', (_, values, note) => {
  const catalog = catalogOf(rows(60, () => values));
  const policy = versionTwo({ prefer: [{ field: 'tempo', toward: 120, spread: 20, weight: 1 }], size: 10 });
  const [draft] = curateDay({ catalog, day: FROM, lists: listsOf(policy, 1), repeatIndex: new RepeatIndex() });
  expect(draft?.report.notes).toContain(note);
});

test.each([
  [4, 0.3, 'An energy arc needs at least 5 tracks to be heard; this list has 4.'],
  [10, 0.02, 'The energy of this list spans only 0.02. An arc needs 0.25 to be heard: widen the spread of energy.'],
])('an arc over %i tracks with a width of %f is said to be inaudible', (size, width, note) => {
  const catalog = catalogOf(rows(size, (at) => ({ energy: 0.5 + (width * at) / (size - 1) })));
  const [draft] = curateDay({
    catalog,
    day: FROM,
    lists: listsOf(versionTwo({ size, flow: { energy: 'rise' } }), 1),
    repeatIndex: new RepeatIndex(),
  });
  expect(draft?.report.notes).toContain(note);
});

test('a reason names the fact that lifts a track most above its pool, or says that the lot decided', () => {
  const catalog = catalogOf(rows(1_000, (at) => ({ genres: at % 20 === 0 ? ['jazz'] : ['rock'] })));
  const policy = versionTwo({ prefer: [...prefer, { field: 'genre', has: 'jazz', weight: 1 }], size: 20, rest: { days: 1, scope: 'playlist' } });
  const [draft] = curateDay({ catalog, day: FROM, lists: listsOf(policy, 1), repeatIndex: new RepeatIndex() });
  const lines = (draft?.entries ?? []).map(({ reasons }) => whyLine(reasons, { day: FROM }));
  expect(lines.filter((line) => line.startsWith('Genre jazz (target), drawn by lot among ')).length).toBeGreaterThan(4);
  const [open] = curateDay({ catalog, day: FROM, lists: listsOf(versionTwo({ size: 20 }), 1), repeatIndex: new RepeatIndex() });
  for (const { reasons } of open?.entries ?? []) expect(whyLine(reasons, { day: FROM })).toMatch(/^Drawn by lot among \d+ equals/);
});
