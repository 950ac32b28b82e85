import { matchKey } from '#shared/domain/catalog/recording-identity.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';
import { realData } from '#tests/support/real-data.ts';
import type { Client } from 'pg';
import { readCsv } from '../lists/csv.ts';

/** A recording to search for. */
export interface SearchedSong {
  readonly title: string;
  readonly artist: string;
  readonly popularity: number | null;
}

/** Rows inserted at a time. */
const AT_ONCE = 10_000;
const WORDS = [
  'love',
  'night',
  'river',
  'stone',
  'glass',
  'summer',
  'hollow',
  'velvet',
  'northern',
  'parade',
  'letter',
  'engine',
  'silver',
  'garden',
  'thunder',
  'marble',
];

/**
 * Songs without two of the same title and artist: real ones first, then titles and names of which one word was replaced by another real one, so that words
 * are as frequent as they are.
 */
export function songsToSearch(count: number): { readonly songs: SearchedSong[]; readonly real: number } {
  const real = realSongs();
  const words = real.flatMap(({ title }) => title.split(' '));
  const names = real.flatMap(({ artist }) => artist.split(' '));
  const songs = [...real];
  const keys = new Set(real.map(keyOf));
  for (let n = 0; songs.length < count; n++) {
    const base = real[Math.floor(chanceOf(1, n) * real.length)]!;
    // Ten songs by an artist, on average.
    const artist = Math.floor(chanceOf(2, n) ** 1.6 * (count / 10));
    const owner = real[Math.floor(chanceOf(3, artist) * real.length)]!.artist;
    const song = {
      title: withOther(base.title, words, n),
      artist: artist % 3 === 0 ? owner : withOther(owner, names, artist + 7_000_000),
      popularity: chanceOf(4, n) < 0.8 ? Math.floor(100 * chanceOf(5, n) ** 2) : null,
    };
    const key = keyOf(song);
    if (keys.has(key)) continue;
    keys.add(key);
    songs.push(song);
  }
  return { songs: songs.slice(0, count), real: Math.min(count, real.length) };
}

function realSongs(): SearchedSong[] {
  const path = realData('spotify-tracks/tracks.csv.gz');
  const all = path
    ? readCsv(path).map((line) => ({
        title: line['name'] ?? '',
        artist: line['artist'] ?? '',
        popularity: line['popularity'] ? Number(line['popularity']) : null,
      }))
    : generatedSongs();
  const seen = new Set<string>();
  return all.filter((song) => song.title !== '' && song.artist !== '' && !seen.has(keyOf(song)) && seen.add(keyOf(song)));
}

const word = (salt: number, n: number) => `${WORDS[Math.floor(chanceOf(salt, n) * WORDS.length)] ?? ''}${n % 97}`;

function generatedSongs(): SearchedSong[] {
  return Array.from({ length: 20_000 }, (_, n) => ({
    title: `${word(21, n)} ${word(22, n)}`,
    artist: `${word(23, n % 3_000)} ${word(24, n % 3_000)}`,
    popularity: n % 100,
  }));
}

const keyOf = ({ title, artist }: SearchedSong) => matchKey(title, [artist]);

function withOther(text: string, words: readonly string[], n: number): string {
  const parts = text.split(' ');
  parts[Math.floor(chanceOf(11, n) * parts.length)] = words[Math.floor(chanceOf(12, n) * words.length)] ?? '';
  return parts.join(' ');
}

const artistId = (name: string) => `r${hashText(name, 1).toString(36).padStart(7, '0')}${hashText(name, 2).toString(36).padStart(7, '0')}aaaaaaa`;

/** Writes songs as recordings with one track each, ten to an album; recording ids follow their order, from 1. */
export async function insertSongs(client: Client, songs: readonly SearchedSong[]): Promise<void> {
  await client.query('set synchronous_commit = off');
  for (let from = 0; from < songs.length; from += AT_ONCE) {
    const rows = songs
      .slice(from, from + AT_ONCE)
      .map(({ title, artist, popularity }, at) => ({ n: from + at + 1, title, artist, popularity, by: artistId(artist) }));
    await client.query('begin');
    await client.query(
      `create temp table given on commit drop as select * from jsonb_to_recordset($1::jsonb) as g(n int, title text, artist text, popularity smallint, "by" text)`,
      [JSON.stringify(rows)],
    );
    for (const statement of INSERTS) await client.query(statement);
    await client.query('commit');
  }
  await client.query('analyze');
}

const INSERTS = [
  `insert into artists (id, name, source, fetched_at) select distinct on ("by") "by", artist, 'spotify', now() from given on conflict do nothing`,
  `insert into albums (id, name, artist_names, total_tracks, source, fetched_at)
    select distinct on (n / 10) 'a' || lpad((n / 10)::text, 21, '0'), title, array[artist], 10, 'spotify', now() from given on conflict do nothing`,
  `insert into recordings (id, match_key, title, duration_ms, popularity, track_id, album_id, basis, confidence, ingested_on) overriding system value
    select n, 'key ' || n, title, 200000, popularity, 't' || lpad(n::text, 21, '0'), 'a' || lpad((n / 10)::text, 21, '0'), 'title_artists_duration', 0.9, '2026-10-01' from given`,
  `insert into tracks (id, name, duration_ms, recording_id, source, fetched_at) select 't' || lpad(n::text, 21, '0'), title, 200000, n, 'spotify', now() from given`,
  `insert into track_artists (track_id, position, artist_id) select 't' || lpad(n::text, 21, '0'), 1, "by" from given`,
];
