import { readLine } from '#shared/domain/discovery/lists/read-line.ts';
import { readList } from '#shared/domain/discovery/lists/read-list.ts';
import type { ReadList } from '#shared/domain/discovery/lists/listed-track.ts';
import { compareLine, compareTrack, judgeMatch } from '#shared/domain/discovery/lists/judge-match.ts';
import { writeList } from '#shared/domain/discovery/lists/write-list.ts';
import { describe, expect, test } from 'vitest';

function read(text: string): ReadList {
  const steps = readList(text);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const ID = '4uLU6hMCjMI75M1A2tKUQC';
const first = (text: string) => readLine(1, text).readings[0];
const has = (text: string, title: string, artists: string | null) =>
  expect(readLine(1, text).readings.map((reading) => [reading.title, reading.artists])).toContainEqual([title, artists]);

describe('lines', () => {
  test.each([
    'David Bowie - Heroes',
    'David Bowie – Heroes',
    'David Bowie — Heroes',
    'David Bowie—Heroes',
    'David Bowie ~ Heroes',
    'David Bowie | Heroes',
    '1. David Bowie - Heroes',
    '01) David Bowie - Heroes',
    '#3 David Bowie - Heroes',
    '[12] David Bowie - Heroes',
    '7 - David Bowie - Heroes',
    '• David Bowie - Heroes',
    '- David Bowie - Heroes',
    '* David Bowie - Heroes',
    '00:00 David Bowie - Heroes',
    '[1:02:33] David Bowie - Heroes',
    '0:00 - 3:32 David Bowie - Heroes',
    'David Bowie - Heroes (3:32)',
    'David Bowie - Heroes 3:32',
    '12\tDavid Bowie\tHeroes\t3:32',
    '\ufeffDavid Bowie - Heroes\u200b',
  ])('%j is David Bowie, Heroes', (line) => {
    expect(first(line)).toEqual({ title: 'Heroes', artists: 'David Bowie' });
  });

  test('the other order, quotation marks, "by" and tight separators are read, too', () => {
    has('Heroes - David Bowie', 'Heroes', 'David Bowie');
    has('David Bowie "Heroes"', 'Heroes', 'David Bowie');
    has('“Heroes” by David Bowie', 'Heroes', 'David Bowie');
    has('Heroes by David Bowie', 'Heroes', 'David Bowie');
    has('David Bowie: Heroes', 'Heroes', 'David Bowie');
    has('Heroes, David Bowie', 'Heroes', 'David Bowie');
    has('Bowie-Heroes', 'Heroes', 'Bowie');
    has('David Bowie - "Heroes" - Heroes', 'Heroes', 'David Bowie');
    expect(first('Heroes')).toEqual({ title: 'Heroes', artists: null });
    has('99 Luftballons', '99 Luftballons', null);
    has('JAY-Z - 4:44', '4:44', 'JAY-Z');
  });

  test('links, ids and ISRCs are found, also within a line; what is no track is named', () => {
    for (const line of [
      ID,
      `https://open.spotify.com/intl-de/track/${ID}?si=x`,
      `spotify:track:${ID}`,
      `David Bowie - Heroes https://open.spotify.com/track/${ID}`,
    ])
      expect(readLine(1, line).trackId).toBe(ID);
    expect(readLine(1, 'USRC17607839').isrc).toBe('USRC17607839');
    expect(readLine(1, 'David Bowie - Heroes (US-RC1-76-07839)')).toMatchObject({ isrc: 'USRC17607839', readings: [{ artists: 'David Bowie' }, {}] });
    const problems = [
      `spotify:episode:${ID}`,
      `spotify:show:${ID}`,
      `spotify:album:${ID}`,
      `spotify:artist:${ID}`,
      `spotify:playlist:${ID}`,
      'https://youtu.be/x',
      '---',
    ];
    expect(problems.map((line) => readLine(1, line).problem)).toEqual([
      'podcast',
      'podcast',
      'album_link',
      'artist_link',
      'playlist_link',
      'other_link',
      null,
    ]);
    const local = readLine(1, 'spotify:local:David+Bowie:Heroes:%22Heroes%22:212');
    expect([local.isLocalFile, local.readings]).toEqual([true, [{ title: '"Heroes"', artists: 'David Bowie' }]]);
  });

  test('ten thousand characters, control characters and broken links are read without harm', () => {
    expect(readLine(1, 'a - '.repeat(5_000)).given.length).toBeLessThanOrEqual(300);
    expect(first('David\u0000 Bowie - Heroes')?.title).toBe('Heroes');
    expect(readLine(1, 'https://open.spotify.com/track/short').problem).toBe('broken_link');
    expect(readLine(1, 'spotify:local:%E0%A4%A:b').problem).toBe('broken_link');
  });
});

describe('files', () => {
  test('an Exportify table is read by its header, with quoted cells, line breaks in cells and local files', () => {
    const csv = [
      '"Track URI","Track Name","Artist URI(s)","Artist Name(s)","Album Name","Track Duration (ms)","ISRC"',
      `"spotify:track:${ID}","Never Gonna, Give","spotify:artist:${ID}","Rick Astley","Whenever","213573","GBARL9300135"`,
      '"spotify:local:A:B:C:200","Line\nbreak ""quoted""","","Somebody","","200000",""',
      `"spotify:episode:${ID}","A podcast","","","","",""`,
      ',,,,,,',
    ].join('\r\n');
    const list = read(csv);
    expect([list.format, list.tracks.length, list.blank]).toEqual(['csv', 3, 1]);
    expect(list.tracks[0]).toMatchObject({
      trackId: ID,
      isrc: 'GBARL9300135',
      durationMs: 213_573,
      album: 'Whenever',
      line: 2,
      readings: [{ title: 'Never Gonna, Give', artists: 'Rick Astley' }],
    });
    expect(list.tracks[1]).toMatchObject({ isLocalFile: true, line: 3, readings: [{ title: 'Line\nbreak "quoted"', artists: 'Somebody' }] });
    expect(list.tracks[2]).toMatchObject({ problem: 'podcast', line: 5 });
  });

  test('other separators and a quotation mark that is never closed lose no row', () => {
    expect(read('title;artist\nHeroes;David Bowie').tracks[0]?.readings).toEqual([{ title: 'Heroes', artists: 'David Bowie' }]);
    expect(read('Titel\tKünstler\nHeroes\tDavid Bowie').format).toBe('csv');
    const broken = read(`title,artist\n"Heroes,David Bowie\n${Array.from({ length: 3_000 }, (_, at) => `Song ${at},Somebody`).join('\n')}`);
    expect(broken.tracks.length).toBe(3_001);
  });

  test('JSPF is read with its title, and odd values do not refuse it', () => {
    const list = read(
      JSON.stringify({
        playlist: {
          title: 'Mine',
          track: [
            { title: 'Heroes', creator: 'David Bowie', duration: 212_000, location: `https://open.spotify.com/track/${ID}` },
            7,
            { identifier: ['urn:isrc:USRC17607839'] },
          ],
        },
      }),
    );
    expect([list.format, list.name]).toEqual(['jspf', 'Mine']);
    expect(list.tracks.map(({ trackId, isrc, problem }) => [trackId, isrc, problem])).toEqual([
      [ID, null, null],
      [null, null, 'no_words'],
      [null, 'USRC17607839', null],
    ]);
    expect(read('{ broken').format).toBe('lines');
  });

  test('what is exported is read again as the same tracks, and no cell is a formula', () => {
    const track = {
      trackId: ID,
      title: '=HYPERLINK("x")',
      artists: [
        { id: ID, name: '+Plus' },
        { id: ID, name: 'Two' },
      ],
      albumId: ID,
      album: '@home',
      releaseDate: null,
      durationMs: 1_000,
      explicit: null,
      popularity: null,
      isrc: 'USRC17607839',
    };
    const list = { name: 'Café / Nuit: «été»', tracks: [track, { ...track, title: 'Plain\ntwo' }], at: new Date('2026-11-30T08:00:00Z') };
    const csv = writeList(list, 'csv');
    expect(csv.fileName).toBe('cafe-nuit-ete.csv');
    expect(csv.text).not.toMatch(/(?:^|,)"[=+\-@]/m);
    expect(read(csv.text).tracks.map(({ trackId, isrc }) => [trackId, isrc])).toEqual([
      [ID, 'USRC17607839'],
      [ID, 'USRC17607839'],
    ]);
    const jspf = writeList(list, 'jspf');
    expect(JSON.parse(jspf.text)).toMatchObject({
      playlist: { title: list.name, date: '2026-11-30T08:00:00.000Z', track: [{ creator: '+Plus, Two' }, {}] },
    });
    expect(read(jspf.text).tracks.map(({ trackId }) => trackId)).toEqual([ID, ID]);
    const text = writeList({ ...list, name: '東京 🎵' }, 'text');
    expect([text.fileName, text.text]).toEqual(['東京.txt', '+Plus, Two - =HYPERLINK("x")\n+Plus, Two - Plain two\n']);
    expect(['🎵', 'CON', '../../etc'].map((name) => writeList({ ...list, name }, 'text').fileName)).toEqual([
      'playlist.txt',
      'playlist-con.txt',
      'etc.txt',
    ]);
  });
});

describe('confidence', () => {
  const heroes = compareTrack('"Heroes" - 2017 Remaster', ['David Bowie', 'Brian Eno'], { durationMs: 371_000, album: 'Heroes' });
  const judge = (line: string, track = heroes) => judgeMatch(compareLine(readLine(1, line)), track);

  test('title and artist are sure in either order, with a typo, a guest or a part of the name; others are not', () => {
    expect(judge('David Bowie - Heroes')).toBe(1);
    expect(judge('Heroes - David Bowie')).toBe(1);
    expect(judge('Davd Bowie - Heros')).toBeGreaterThanOrEqual(0.8);
    expect(judge('Bowie - Heroes')).toBeGreaterThanOrEqual(0.8);
    expect(judge('Heroes David Bowie')).toBeGreaterThanOrEqual(0.8);
    expect(judge('David Bowie - Heroes (Live)')).toBeGreaterThanOrEqual(0.8);
    expect(judge('David Bowie - Heroes - Heroes')).toBeGreaterThanOrEqual(0.8);
    const live = compareTrack('Heroes - Live at Hus', ['David Bowie'], { durationMs: 200_000, album: '' });
    expect(judge('David Bowie - Heroes - Live at Hsu', live)).toBeGreaterThan(judge('David Bowie - Heroes - Live at Hsu'));
    expect(judge('Heroes')).toBeLessThan(0.8);
    expect(judge('Peter Gabriel - Heroes')).toBeLessThan(0.8);
    expect(judge('David Bowie - Changes')).toBe(0);
    const other = judgeMatch(compareLine({ ...readLine(1, 'David Bowie - Heroes'), durationMs: 211_000 }), heroes);
    expect(other).toBeLessThan(judge('David Bowie - Heroes'));
  });
});
