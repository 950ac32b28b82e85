import { SYSTEM } from '#server/actor.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { recordingId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

let app: TestApp;
let songs: { id: number; title: string; artists: string[]; isrc: string | null; trackId: string }[];
beforeAll(async () => {
  app = await startTestApp();
  const ids = Array.from({ length: 60 }, (_, at) => app.sandbox.catalog.albumIdAt(at));
  await submitImport(app.deps, SYSTEM, { text: ids.join('\n') });
  await app.runJobs();
  const found = await app.deps.db.execute<(typeof songs)[number]>(sql`
    select r.id, r.title, r.isrc, r.track_id as "trackId",
      array(select a.name from track_artists ta join artists a on a.id = ta.artist_id where ta.track_id = r.track_id order by ta.position) as artists
    from recordings r where r.merged_into is null and length(r.title) > 7 and (select count(*) from recordings o where o.match_key = r.match_key) = 1
    order by r.id`);
  songs = found.rows;
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

const match = (text: string, fileName?: string) => app.admin.discovery.importList.match({ text, ...(fileName === undefined ? {} : { fileName }) });

const junk = (at: number) => `${at} lorem ipsum dolor ${'sit amet '.repeat(at % 5)}`;
const refusal = (message: string) => ({ cause: { field: 'text', message: expect.stringContaining(message) } });

const wordsOf = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/** One letter of the longest word is left out. */
function misspelled(text: string): string {
  const longest = text.split(/\s+/).toSorted((a, b) => b.length - a.length)[0] ?? '';
  return text.replace(longest, `${longest.slice(0, 2)}${longest.slice(3)}`);
}

test('a list in many forms finds its recordings, with how each line was read', async () => {
  const lines = songs.slice(0, 160).map(({ title, artists, trackId, isrc }, at) => {
    const artist = artists.join(', ');
    const forms = [
      `${artist} - ${title}`,
      `${at + 1}. ${title} – ${artist}`,
      `[${at % 60}:0${at % 10}] ${artist} — ${title} (Official Video)`,
      `https://open.spotify.com/track/${trackId}?si=abc`,
      isrc ?? `${artist} - ${title}`,
      `${artist.toUpperCase()} | ${title.toLowerCase()}`,
      `${title} by ${artist}`,
      `${artist} - ${misspelled(title)}`,
    ];
    return forms[at % forms.length] ?? '';
  });
  const list = await match(lines.join('\n'));
  expect(list.lines).toHaveLength(160);
  const wrong = list.lines.flatMap((line, at) => {
    const isRight = line.track?.recordingId === songs[at]?.id || line.others.some((other) => other.recordingId === songs[at]?.id);
    return isRight ? [] : [`${line.given} → ${line.track?.title ?? line.status}`];
  });
  expect(wrong).toEqual([]);
  expect(list.lines.filter(({ by }) => by === 'link')).toHaveLength(20);
  expect(list.counts.matched).toBeGreaterThanOrEqual(150);
});

test('a word that is misspelled as another word of the catalog finds its recording', async () => {
  const known = new Set(songs.flatMap(({ title, artists }) => [title, ...artists].flatMap(wordsOf)));
  const edited = songs.flatMap(({ id, title, artists }) => {
    const words = wordsOf(title);
    const wrong = words.flatMap((word) => {
      const shorter = Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1)).find((other) => other.length >= 3 && known.has(other));
      return shorter === undefined ? [] : [words.map((one) => (one === word ? shorter : one)).join(' ')];
    });
    return words.length >= 3 && wrong[0] !== undefined ? [{ id, line: `${artists.join(', ')} - ${wrong[0]}` }] : [];
  });
  expect(edited.length).toBeGreaterThanOrEqual(3);
  const { lines } = await match(edited.map(({ line }) => line).join('\n'));
  const missed = edited.filter(({ id }, at) => lines[at]?.track?.recordingId !== id && lines[at]?.others.every((other) => other.recordingId !== id));
  expect(missed).toEqual([]);
});

test('nothing is lost: junk, podcasts, local files, repeats and blank lines are each told', async () => {
  const [one, two] = songs;
  const text = [
    `${one!.artists[0]} - ${one!.title}`,
    '',
    'a line of no song at all, whatever it says',
    'spotify:episode:4uLU6hMCjMI75M1A2tKUQC',
    'https://open.spotify.com/album/4uLU6hMCjMI75M1A2tKUQC',
    `spotify:local:${encodeURIComponent(two!.artists[0] ?? '')}:x:${encodeURIComponent(two!.title)}:200`,
    `spotify:track:${one!.trackId}`,
    'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
    one!.title,
  ].join('\n');
  const { lines, counts, format } = await match(text);
  expect(format).toBe('lines');
  expect(lines.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
  expect(lines.map(({ status }) => status)).toEqual(['matched', 'unmatched', 'not_music', 'not_music', 'matched', 'matched', 'unmatched', 'unsure']);
  expect([lines[5]?.duplicateOf, lines[7]?.duplicateOf]).toEqual([1, 1]);
  expect(lines[4]?.note).toContain('local file');
  expect(lines[6]?.note).toContain('not in the catalog');
  expect(counts).toEqual({ matched: 3, unsure: 1, unmatched: 2, notMusic: 2, duplicates: 2, blank: 1 });
});

test('what is exported comes back as the same recordings, in each form', async () => {
  const ids = songs.slice(0, 30).map(({ id }) => recordingId.parse(id));
  for (const format of ['csv', 'jspf', 'text'] as const) {
    const file = await app.admin.discovery.exportList({ name: 'Evening drive', recordingIds: ids, format });
    expect([file.fileName, file.missing]).toEqual([`evening-drive.${format === 'text' ? 'txt' : format}`, []]);
    const list = await match(file.text, file.fileName);
    expect(list.format).toBe(format === 'text' ? 'lines' : format);
    expect(list.lines.map(({ track }) => track?.recordingId)).toEqual(ids);
  }
  const gone = await app.admin.discovery.exportList({ name: 'x', recordingIds: [ids[0]!, recordingId.parse(9_999_999), ids[0]!], format: 'text' });
  expect([gone.text.split('\n').length, gone.missing]).toEqual([3, [9_999_999]]);
  await expect(app.admin.discovery.exportList({ name: 'x', recordingIds: [recordingId.parse(9_999_999)], format: 'csv' })).rejects.toMatchObject({
    cause: { code: 'not_found', field: 'recordingIds' },
  });
});

test('ten thousand lines are answered, each once; one more, an empty text and a text that is too long are refused', async () => {
  const lines = Array.from({ length: 10_000 }, (_, at) =>
    at % 3 === 0 ? junk(at) : `${songs[at % songs.length]!.artists[0]} - ${songs[at % songs.length]!.title}`,
  );
  const list = await match(lines.join('\n'));
  expect(list.lines.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1));
  const { matched, unsure, unmatched, notMusic } = list.counts;
  expect(matched + unsure + unmatched + notMusic).toBe(10_000);
  expect(matched).toBeGreaterThan(6_000);
  await expect(match([...lines, 'one more'].join('\n'))).rejects.toMatchObject(refusal('10,001 lines'));
  await expect(match(' \n \n')).rejects.toMatchObject(refusal('is empty'));
  await expect(match('x'.repeat(4_000_001))).rejects.toMatchObject(refusal('4.0 MB'));
});

test('a stranger is asked to sign in', async () => {
  const { discovery } = app.as({ kind: 'anonymous' });
  await expect(discovery.importList.match({ text: 'a - b' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  await expect(discovery.exportList({ name: 'x', recordingIds: [recordingId.parse(1)], format: 'csv' })).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  });
});
