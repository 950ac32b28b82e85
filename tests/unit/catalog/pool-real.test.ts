import { foldText } from '#shared/domain/catalog/text-match.ts';
import { csvRows } from '#server/sandbox/catalog/csv.ts';
import { readTrackRow } from '#server/sandbox/catalog/track-row.ts';
import type { LeafRule, Rule } from '#shared/contracts/policies/policy.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { CatalogRow } from '#shared/domain/catalog/catalog-columns.ts';
import { countRules, evaluatePool } from '#shared/domain/policies/pool.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import fc from 'fast-check';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { anyTree } from '#tests/support/network/any-policy.ts';
import { realData } from '#tests/support/real-data.ts';

const TODAY = '2026-11-21';
const DAY = dayNumber(TODAY);
const DAY_MS = 86_400_000;
const ROWS_MAX = 30_000;
const table = realData('spotify-tracks/playlists-tracks.csv.gz');

/** Every rule over a row, written from its definition and without product code: true, false, or null for unknown. */
function leafHolds(row: CatalogRow, { field, op, value }: LeafRule): boolean | null {
  if (field === 'title' || field === 'album') return textHolds([(field === 'title' ? row.title : row.albumName) ?? ''], op, value);
  if (field === 'artist') return textHolds(row.artistNames ?? [], op, value);
  if (field === 'genre' || field === 'mood' || field === 'camelot') return tagHolds(tagsOf(row, field), op, value);
  const known = { explicit: row.explicit, has_isrc: row.hasIsrc, features_source: row.featuresSource };
  if (field === 'explicit' || field === 'has_isrc' || field === 'features_source') return known[field] === null ? null : known[field] === value;
  if (field === 'release_date' || field === 'ingested_on') return dateHolds(field === 'release_date' ? row.releasedOn : row.ingestedOn, op, value);
  const number = numberOf(row, field);
  if (number === null) return null;
  const [low, high] = (Array.isArray(value) ? value : [value, value]) as [number, number];
  return op === 'gte' ? number >= low : op === 'lte' ? number <= high : number >= low && number <= high;
}

function numberOf(row: CatalogRow, field: string): number | null {
  if (field === 'popularity') return row.popularity;
  if (field === 'duration_ms') return row.durationMs;
  if (field === 'artist_count') return row.artistIds.length;
  if (field === 'release_year') return row.releasedOn === null ? null : Number(row.releasedOn.slice(0, 4));
  return row.features[AUDIO_FEATURES.findIndex((feature) => feature === field)] ?? null;
}

function dateHolds(date: string | null, op: string, value: unknown): boolean | null {
  if (date === null) return null;
  if (op === 'on_or_after') return date >= String(value);
  if (op === 'on_or_before') return date <= String(value);
  const age = (Date.parse(TODAY) - Date.parse(date)) / DAY_MS;
  return op === 'within_days' ? age >= 0 && age <= Number(value) : age > Number(value);
}

const MAJOR = ['B', 'F#', 'C#', 'G#', 'D#', 'A#', 'F', 'C', 'G', 'D', 'A', 'E'];
const NOTES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** The Camelot wheel as musicians define it: hour 1 is B major, each hour a fifth up; its relative minor is three semitones below. */
function tagsOf(row: CatalogRow, field: 'genre' | 'mood' | 'camelot'): readonly string[] {
  if (field !== 'camelot') return field === 'genre' ? row.genres : row.moods;
  const [key, mode] = [numberOf(row, 'key'), numberOf(row, 'mode')];
  if (key === null || mode === null || key < 0) return [];
  return [`${MAJOR.indexOf(NOTES[(mode === 1 ? key : key + 3) % 12] ?? '') + 1}${mode === 1 ? 'B' : 'A'}`];
}

function tagHolds(tags: readonly string[], op: string, value: unknown): boolean | null {
  if (tags.length === 0) return null;
  const has = (word: unknown) => tags.some((tag) => tag.toLowerCase() === String(word).toLowerCase());
  const wanted = Array.isArray(value) ? value : [value];
  return op === 'has_all' ? wanted.every(has) : wanted.some(has);
}

/** Its own tests compare it with pairs of names. */
const folded = (text: unknown) => foldText(String(text));

function textHolds(texts: readonly string[], op: string, value: unknown): boolean | null {
  const wanted = (Array.isArray(value) ? value : [value]).map(folded);
  const answers = texts.map((text) =>
    text === '' ? null : wanted.some((one) => (op === 'contains' ? folded(text).includes(one) : folded(text) === one)),
  );
  return answers.includes(true) ? true : answers.length === 0 || answers.includes(null) ? null : false;
}

/** The reference: an unknown leaf counts as its `whenUnknown` says, adjusted for the "not"s around it. */
function holds(row: CatalogRow, rule: Rule, isNegated = false): boolean {
  if ('not' in rule) return !holds(row, rule.not, !isNegated);
  if ('all' in rule) return rule.all.every((part) => holds(row, part, isNegated));
  if ('any' in rule) return rule.any.some((part) => holds(row, part, isNegated));
  return leafHolds(row, rule) ?? (rule.whenUnknown === 'include') !== isNegated;
}

/** The table as recordings; columns it lacks (moods, flags, sources, missing values) are distributed evenly. */
async function readTable(path: string): Promise<CatalogRow[]> {
  const rows: CatalogRow[] = [];
  let columns: ReadonlyMap<string, number> | undefined;
  for await (const cells of csvRows(createReadStream(path).pipe(createGunzip()).setEncoding('utf8'))) {
    if (!columns) columns = new Map(cells.map((name, at) => [name, at]));
    else {
      const track = readTrackRow(columns, cells);
      const genre = (name: string) => cells[columns?.get(name) ?? -1] ?? '';
      if (track) rows.push(recordingOf(track, { genres: [genre('playlist_genre'), genre('playlist_subgenre')], at: rows.length }));
    }
    if (rows.length === ROWS_MAX) break;
  }
  return rows;
}

function recordingOf(track: NonNullable<ReturnType<typeof readTrackRow>>, { genres, at }: { genres: readonly string[]; at: number }): CatalogRow {
  const features = at % 11 === 0 ? undefined : track.features;
  return {
    recordingId: at + 1,
    title: track.name,
    artistIds: track.artist.split(', '),
    artistNames: track.artist.split(', '),
    albumId: `${track.albumId}`,
    albumName: track.albumName,
    durationMs: track.durationMs,
    explicit: [null, true, false][at % 3] ?? null,
    popularity: at % 7 === 0 ? null : track.popularity,
    releasedOn: /^\d{4}-\d{2}-\d{2}$/u.test(track.releaseDate) ? track.releaseDate : null,
    ingestedOn: new Date(Date.parse('2026-01-01') + (at % 360) * DAY_MS).toISOString().slice(0, 10),
    hasIsrc: at % 4 !== 0,
    featuresSource: features ? (at % 2 ? 'reccobeats' : 'spotify') : null,
    genres: at % 13 === 0 ? [] : genres.filter((genre) => genre !== ''),
    moods: at % 5 === 0 ? ['calm'] : at % 5 === 1 ? ['calm', 'bright'] : [],
    features: AUDIO_FEATURES.map((name) =>
      features ? (name === 'time_signature' ? (at % 9 === 0 ? null : features.timeSignature) : features[name]) : null,
    ),
  };
}

/** Each field with each comparison, tested with values that the table really has. */
function everyLeaf(rows: readonly CatalogRow[]): LeafRule[] {
  const at = (share: number) => rows[Math.floor(share * (rows.length - 1))] ?? rows[0];
  const numbers = [...AUDIO_FEATURES, 'popularity', 'duration_ms', 'release_year', 'artist_count'];
  const leaves = [
    ...numbers.flatMap((field) => {
      const found = [0.2, 0.5, 0.8].flatMap(
        (share) => rows.slice(Math.floor(share * rows.length)).find((row) => numberOf(row, field) !== null) ?? [],
      );
      const [low = 0, middle = 0, high = 0] = found.map((row) => numberOf(row, field) ?? 0).toSorted((a, b) => a - b);
      return [
        { field, op: 'gte', value: middle },
        { field, op: 'lte', value: middle },
        { field, op: 'eq', value: middle },
        { field, op: 'between', value: [low, high] },
      ];
    }),
    ...['release_date', 'ingested_on'].flatMap((field) => [
      { field, op: 'on_or_after', value: '2016-02-29' },
      { field, op: 'on_or_before', value: '2026-06-30' },
      { field, op: 'within_days', value: 200 },
      { field, op: 'older_than_days', value: 200 },
    ]),
    ...['explicit', 'has_isrc'].flatMap((field) => [true, false].map((value) => ({ field, op: 'is', value }))),
    ...['reccobeats', 'spotify', 'user'].map((value) => ({ field: 'features_source', op: 'is', value })),
    ...(['title', 'artist', 'album'] as const).flatMap((field) => {
      const textOf = (row: CatalogRow | undefined) =>
        (field === 'title' ? row?.title : field === 'artist' ? row?.artistNames?.[0] : row?.albumName) ?? 'x';
      return [
        { field, op: 'equals', value: textOf(at(0.3)).toUpperCase() },
        { field, op: 'contains', value: textOf(at(0.3)).slice(0, 3) },
        { field, op: 'contains', value: '.*' },
        { field, op: 'one_of', value: [textOf(at(0.1)), textOf(at(0.6)), 'no such text'] },
      ];
    }),
    ...Object.entries({ genre: ['rock', 'POP', 'no such tag'], mood: ['calm', 'Bright'], camelot: ['8A', '3b', '12B'] }).flatMap(([field, words]) => [
      { field, op: 'has', value: words[0] },
      { field, op: 'has_any', value: words },
      { field, op: 'has_all', value: words.slice(0, field === 'camelot' ? 1 : 2) },
    ]),
  ];
  return leaves.flatMap((leaf) => (['exclude', 'include'] as const).map((whenUnknown) => ({ ...leaf, whenUnknown }) as LeafRule));
}

test.skipIf(!table)(
  'each field with each comparison admits of a real catalog what its definition says, alone and under a "not"',
  { timeout: 300_000 },
  async () => {
    const rows = await readTable(table ?? '');
    const builder = createCatalogBuilder(rows.length, { texts: true });
    for (const row of rows) builder.add(row);
    const catalog = builder.build();
    const expectedRows = (rule: Rule, some: readonly number[]) => some.filter((at) => holds(rows[at] ?? rows[0]!, rule));
    const all = [...rows.keys()];
    const met = new Set<string>();
    for (const leaf of everyLeaf(rows)) {
      const admitted = [...evaluatePool(catalog, leaf, DAY).rows];
      expect(admitted, JSON.stringify(leaf)).toEqual(expectedRows(leaf, all));
      expect([...evaluatePool(catalog, { not: leaf }, DAY).rows], `not ${JSON.stringify(leaf)}`).toEqual(expectedRows({ not: leaf }, all));
      if (admitted.length > 0 && admitted.length < rows.length) met.add(`${leaf.field} ${leaf.op}`);
    }
    // Nearly all of them distinguish recordings, so that agreement means something.
    expect(met.size).toBeGreaterThan(75);

    const some = all.filter((at) => at % 97 === 0);
    const small = createCatalogBuilder(some.length, { texts: true });
    for (const at of some) small.add(rows[at] ?? rows[0]!);
    const part = small.build();
    fc.assert(
      fc.property(anyTree, (tree) => {
        const expected = expectedRows(tree, some);
        expect([...evaluatePool(part, tree, DAY).rows].map((row) => some[row])).toEqual(expected);
        const [whole] = countRules(part, tree, DAY);
        expect(whole?.admits).toBe(expected.length);
      }),
      { numRuns: 300 },
    );
  },
);
