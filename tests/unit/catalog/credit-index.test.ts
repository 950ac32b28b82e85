import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { expect, test } from 'vitest';

const ROWS = 500;

function catalog() {
  const builder = createCatalogBuilder(ROWS);
  for (let row = 0; row < ROWS; row++) {
    builder.add({
      recordingId: row + 1,
      // Some recordings credit one artist twice.
      artistIds: [`artist ${row % 37}`, `artist ${(row * 7) % 41}`, ...(row % 5 === 0 ? [`artist ${row % 37}`] : [])],
      albumId: `album ${row % 60}`,
      durationMs: 200_000,
      explicit: null,
      popularity: null,
      releasedOn: null,
      ingestedOn: '2026-01-01',
      hasIsrc: false,
      features: AUDIO_FEATURES.map(() => null),
      featuresSource: 'reccobeats',
      genres: [],
      moods: [],
    });
  }
  return builder.build();
}

test('every recording of an artist and of an album is found, once and in order', () => {
  const all = catalog();
  const index = creditIndexOf(all);
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  for (let artist = 0; artist < all.artistIds.length; artist++)
    expect([...index.rowsByArtist(artist)]).toEqual(rows.filter((row) => artistsOf(all, row).includes(artist)));
  for (let album = 0; album < all.albumIds.length; album++)
    expect([...index.rowsOnAlbum(album)]).toEqual(rows.filter((row) => all.albums[row] === album));
  expect([...index.rowsByArtist(all.artistIds.length), ...index.rowsOnAlbum(all.albumIds.length)]).toEqual([]);
  for (const unknown of [-1, 1e6]) expect([...index.rowsByArtist(unknown), ...index.rowsOnAlbum(unknown)]).toEqual([]);
});
