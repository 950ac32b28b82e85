import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import type { AudioFeature } from '#shared/vocabulary.ts';

/** The recordings of the demo's generated albums as columns, with all that the sandbox's vendors know of them. */
export function generatedRecordings(albums: number): Catalog {
  const music = createGeneratedCatalog({ albums, seed: 1 });
  const builder = createCatalogBuilder(albums * 20, { texts: true });
  const known = new Set<string>();
  for (let n = 0; n < albums; n += 1) {
    const album = music.album(music.albumIdAt(n) ?? '');
    for (const track of album?.tracks ?? []) {
      if (!album || (track.isrc !== null && known.has(track.isrc))) continue;
      if (track.isrc !== null) known.add(track.isrc);
      const { timeSignature, ...sound } = music.features(track.id) ?? { timeSignature: undefined };
      const features: Partial<Record<AudioFeature, number | undefined>> = { ...sound, time_signature: timeSignature };
      builder.add({
        recordingId: known.size,
        title: track.name,
        artistIds: track.artists.map(({ id }) => id),
        artistNames: track.artists.map(({ name }) => name),
        albumId: album.id,
        albumName: album.name,
        durationMs: track.durationMs,
        explicit: track.explicit,
        popularity: track.popularity,
        releasedOn: `${album.releaseDate}-01-01`.slice(0, 10),
        ingestedOn: '2026-10-01',
        hasIsrc: track.isrc !== null,
        features: AUDIO_FEATURES.map((feature) => features[feature] ?? null),
        featuresSource: 'reccobeats',
        genres: track.isrc === null ? [] : (music.recording(track.isrc)?.genres ?? []),
        moods: [],
      });
    }
  }
  return builder.build();
}
