import { createGeneratedCatalog, generatedAlbumIds } from '#server/sandbox/catalog/generated-catalog.ts';
import { readCatalogFile } from '#server/sandbox/catalog/loaded-catalog.ts';
import { idFor, indexOf } from '#server/sandbox/catalog/reversible-ids.ts';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const albumsOf = (catalog: ReturnType<typeof createGeneratedCatalog>, count: number) =>
  Array.from({ length: count }, (_, i) => catalog.album(catalog.albumIdAt(i)!)!);

describe('ids', () => {
  test('decode to their index, only with their own seed and kind', () => {
    for (const index of [0, 1, 127, 12_345, 12_800_000, 2 ** 29 - 1]) {
      const id = idFor(3, 'track', index);
      expect(id).toMatch(/^[0-7][0-9A-Za-z]{21}$/);
      expect([indexOf(3, 'track', id), indexOf(4, 'track', id), indexOf(3, 'album', id)]).toEqual([index, undefined, undefined]);
      expect(indexOf(3, 'track', `${id.slice(0, 21)}${id.endsWith('a') ? 'b' : 'a'}`)).toBeUndefined();
    }
    expect([indexOf(3, 'track', ''), indexOf(3, 'track', 'z'.repeat(22)), indexOf(3, 'track', '-'.repeat(22))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the generated catalog', () => {
  const catalog = createGeneratedCatalog({ albums: 2000, seed: 11 });
  const albums = albumsOf(catalog, 2000);
  const tracks = albums.flatMap((album) => album.tracks);

  test('depends only on the seed, and starts with the same albums at any size', () => {
    const larger = createGeneratedCatalog({ albums: 100_000, seed: 11 });
    expect(albumsOf(larger, 50)).toEqual(albums.slice(0, 50));
    expect(albumsOf(createGeneratedCatalog({ albums: 200, seed: 12 }), 1)[0]!.name).not.toBe(albums[0]!.name);
    expect(generatedAlbumIds(3, { seed: 11, offset: 5 })).toEqual(albums.slice(5, 8).map(({ id }) => id));
    expect([larger.albumIdAt(99_999)?.length, larger.albumIdAt(100_000), catalog.album(larger.albumIdAt(2000)!)]).toEqual([22, undefined, undefined]);
  });

  test('is realistic: about twelve tracks per album, some box sets, all eras, guest artists, unique ids', () => {
    expect(tracks.length / albums.length).toBeGreaterThan(10.5);
    expect(tracks.length / albums.length).toBeLessThan(13.5);
    expect(albums.some(({ tracks: { length } }) => length > 50)).toBe(true);
    expect(new Set(tracks.map(({ id }) => id)).size).toBe(tracks.length);
    const years = albums.map(({ releaseDate }) => Number(releaseDate.slice(0, 4)));
    expect([Math.min(...years) < 1962, Math.max(...years)]).toEqual([true, 2026]);
    expect(new Set(albums.map(({ releaseDatePrecision }) => releaseDatePrecision)).size).toBe(3);
    expect(tracks.filter(({ artists }) => artists.length > 1).length / tracks.length).toBeGreaterThan(0.04);
    expect(tracks.some(({ explicit }) => explicit)).toBe(true);
    for (const album of albums) expect(new Set(album.tracks.map(({ name }) => name)).size, album.name).toBe(album.tracks.length);
  });

  test('has recordings: valid ISRCs, many on several releases, each found by its ISRC', () => {
    const releases = new Map<string, Set<string>>();
    for (const { isrc, id } of tracks) releases.set(isrc!, (releases.get(isrc!) ?? new Set()).add(id));
    for (const isrc of releases.keys()) expect(isrc).toMatch(/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/);
    expect([...releases.values()].filter(({ size }) => size > 1).length / releases.size).toBeGreaterThan(0.05);
    for (const [isrc, ids] of [...releases].slice(0, 2000)) {
      const recording = catalog.recording(isrc)!;
      expect(ids).toContain(recording.trackId);
    }
    const [isrc] = releases.keys();
    expect(catalog.recording(`ZZ${isrc!.slice(2)}`)).toBeUndefined();
  });

  test('gives every track features in range that fit its genre, and the same on every release', () => {
    const meanTempo = new Map<string, { sum: number; count: number }>();
    const byIsrc = new Map<string, unknown>();
    const wrong: string[] = [];
    for (const { id, isrc, artists } of tracks) {
      const features = catalog.features(id)!;
      const shares = [
        features.danceability,
        features.energy,
        features.speechiness,
        features.acousticness,
        features.instrumentalness,
        features.liveness,
        features.valence,
      ];
      if (shares.some((share) => !(share >= 0 && share <= 1)) || features.loudness >= 0) wrong.push(id);
      if (JSON.stringify(byIsrc.get(isrc!) ?? features) !== JSON.stringify(features)) wrong.push(id);
      byIsrc.set(isrc!, features);
      const genre = catalog.artist(artists[0]!.id)!.genres[0]!;
      const { sum, count } = meanTempo.get(genre) ?? { sum: 0, count: 0 };
      meanTempo.set(genre, { sum: sum + features.tempo, count: count + 1 });
    }
    expect(wrong).toEqual([]);
    const tempo = (genre: string) => meanTempo.get(genre)!.sum / meanTempo.get(genre)!.count;
    expect(tempo('drum and bass')).toBeGreaterThan(tempo('boom bap') + 40);
    expect(meanTempo.size).toBeGreaterThan(40);
  });

  test('lists each album among its artist’s albums', () => {
    for (const album of albums.slice(0, 200)) expect(catalog.albumIdsOf(album.artists[0]!.id)).toContain(album.id);
    expect(catalog.albumIdsOf('x')).toEqual([]);
  });
});

async function load(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'segue-catalog-'));
  try {
    writeFileSync(join(folder, 'table.csv'), text);
    return await readCatalogFile([join(folder, 'table.csv')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a loaded table', () => {
  const [one, two, album] = ['1', '2', 'A'].map((letter) => letter.repeat(22)) as [string, string, string];

  test('is read with quotes, line breaks and gaps, and no values are invented', async () => {
    const catalog = await load(
      `track_id,name,artist,popularity,album_id,album_name,release_date,decade,danceability,energy,valence,tempo,duration_ms\r\n` +
        `${one},"Say ""Hi"", now\nor never",Ærø,7,${album},"A, B",1999-05,,0.5,0.25,0.75,0,1000\r\n${two},,,,,,,60s,,,,,\nbroken,x\n`,
    );
    expect([catalog.albumCount, catalog.realAlbumCount, catalog.skippedRows]).toEqual([2, 1, 1]);
    expect(catalog.album(album)).toMatchObject({ name: 'A, B', releaseDate: '1999-05', releaseDatePrecision: 'month', upc: null });
    expect(catalog.track(one)?.track).toMatchObject({ name: 'Say "Hi", now\nor never', isrc: null, durationMs: 1000, popularity: 7 });
    expect(catalog.features(one)).toMatchObject({ energy: 0.25, tempo: 0 });
    expect(catalog.track(two)).toMatchObject({ track: { name: '', artists: [{ name: 'Unknown artist' }] }, album: { releaseDate: '1960' } });
    expect([catalog.features(two), catalog.hasTrack('nope')]).toEqual([undefined, false]);
  });

  test('without a track_id column is refused', async () => {
    await expect(load('a,b\n1,2\n')).rejects.toThrow('no column track_id');
  });

  const data = `${process.env['SEGUE_DATA'] ?? '../shared/data'}/spotify-tracks`;
  if (!existsSync(data)) console.log(`Skipped: ${data} not found (set SEGUE_DATA to its parent folder).`);
  test.skipIf(!existsSync(data))('of real tracks is loaded completely, including malformed rows', async () => {
    const catalog = await readCatalogFile([`${data}/tracks.csv.gz`, `${data}/playlists-tracks.csv.gz`]);
    const loaded = Array.from({ length: catalog.albumCount }, (_, i) => catalog.album(catalog.albumIdAt(i)!)!);
    expect(loaded.reduce((sum, { tracks: { length } }) => sum + length, 0)).toBe(66_307);
    expect(catalog.realAlbumCount).toBeGreaterThan(20_000);
    expect(loaded[0]!.tracks.length).toBeGreaterThan(5);
    expect(loaded.every(({ releaseDate }) => /^\d{4}(-\d{2}){0,2}$/.test(releaseDate))).toBe(true);
    expect(loaded.flatMap(({ tracks: all }) => all).every(({ isrc }) => isrc === null)).toBe(true);
  });
});
