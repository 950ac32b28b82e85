import { foldText } from '#shared/domain/catalog/text-match.ts';
import { searchPatterns, searchText } from '#shared/domain/catalog/search-text.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { importTracks } from '#tests/support/spotify/served-albums.ts';

const NAMES = [
  'Björk',
  'Motörhead',
  'Sigur Rós',
  'Dvořák',
  'Røyksopp',
  'Łona',
  'Straße',
  'İstanbul',
  'Guns N’ Roses',
  '東京事変',
  'AC/DC',
  'P!nk',
  '100%_\\',
];
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await importTracks(app, [
    ...NAMES.map((artist, n) => ({ n, title: `Song ${n} of it`, artists: [artist, 'Ida Sound'] })),
    { n: 50, title: 'Kettle Song', artists: ['Test Act One'] },
    { n: 51, title: 'One Song', artists: ['Kettle'] },
    { n: 52, title: '愛' },
    { n: 53, title: 'ガラスの少年' },
    { n: 54, title: '아이유' },
    { n: 55, title: 'Æ’Ø' },
  ]);
}, 120_000);

afterAll(() => app[Symbol.asyncDispose]());

const find = async (query: string) => {
  const found = await app.as({ kind: 'anonymous' }).playlists.findRecordings({ query });
  return found.map(({ title }) => title);
};

describe('finding a recording', () => {
  test.each([
    ['Bjork', 0],
    ['MOTORHEAD', 1],
    ['sigur ros', 2],
    ['ros sigur', 2],
    ['Dvorák', 3],
    ['Royksopp', 4],
    ['lona', 5],
    ['strasse', 6],
    ['ISTANBUL', 7],
    ['istanbul', 7],
    ["guns n' roses", 8],
    ['Guns N Roses', 8],
    ['Ｇｕｎｓ ｎ’ roses', 8],
    ['Bjo\u0308rk', 0],
    ['東京', 9],
    ['京事', 9],
    ['ac/dc', 10],
    ['p!nk', 11],
    ['100%_', 12],
  ])('%j finds the song of the artist as typed', async (query, n) => {
    expect(await find(query)).toEqual([`Song ${n} of it`]);
  });

  test('every word is somewhere in title or artists, whatever the spaces; words that stand together come first', async () => {
    expect(await find('Kettle Song Test Act One')).toEqual(['Kettle Song']);
    expect(await find('kettle  song')).toEqual(['Kettle Song', 'One Song']);
    expect(await find('song one')).toEqual(['One Song', 'Kettle Song']);
    expect(await find('kettle, "one"')).toEqual(['Kettle Song', 'One Song']);
    expect(await find('kettle two')).toEqual([]);
  });

  test('one or two characters of a script that writes words with them are found', async () => {
    expect(await find('愛')).toEqual(['愛']);
    expect(await find('少年')).toEqual(['ガラスの少年']);
    expect(await find('ｶﾞﾗｽ')).toEqual(['ガラスの少年']);
    expect(await find('이유')).toEqual(['아이유']);
    for (const query of ['年少', '京東', '愛愛']) expect(await find(query)).toEqual([]);
  });

  test('SQL finds with the patterns exactly what TypeScript finds in the folded texts', async () => {
    const stored = await app.deps.db.execute<{ title: string; names: string[]; text: string }>(sql`select r.title, r.search_text as text,
      array(select a.name from track_artists ta join artists a on a.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as names from recordings r order by r.id`);
    for (const row of stored.rows) expect(row.text).toBe(searchText(row.title, row.names));
    // Every piece of three characters and every pair of neighboring words that occurs, and the same with another case and other marks.
    const folded = stored.rows.map(({ title, names }) => [title, ...names].map(foldText));
    const pieces = new Set(
      folded.flat().flatMap((text) => Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3).trim())),
    );
    let checked = 0;
    for (const piece of [...pieces].flatMap((text) => [text, text.toUpperCase(), text.normalize('NFD')])) {
      const patterns = searchPatterns(piece);
      const words = foldText(piece)
        .split(' ')
        .map((word) => word.replace(/^[^\p{L}\p{N}\p{S}\p{M}]+|[^\p{L}\p{N}\p{S}\p{M}]+$/gu, '') || word);
      if (!patterns || words.every((word) => word.length < 3 && /^[ -~]*$/.test(word))) continue;
      const hits = await app.deps.db.execute<{ at: number }>(sql`select (row_number() over (order by id))::int - 1 as at, bool_and_like from
        (select id, ${sql.join(
          patterns.words.map((pattern) => sql`search_text like ${pattern}`),
          sql` and `,
        )} as bool_and_like from recordings) r`);
      const bySql = (hits.rows as unknown as { at: number; bool_and_like: boolean }[]).filter((row) => row.bool_and_like).map((row) => row.at);
      const byTypeScript = folded.flatMap((texts, at) => (words.every((word) => texts.some((text) => text.includes(word))) ? [at] : []));
      expect(bySql, JSON.stringify(piece)).toEqual(byTypeScript);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(150);
  });
});
