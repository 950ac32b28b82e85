import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { artistsOf, UNKNOWN_DAY } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { dayText } from '#shared/domain/calendar.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { readRealMusic } from '../lists/real-music.ts';

const RECORDINGS = 100_000;
/** The data does not say what is explicit: one recording in so many is, and one in so many is unknown. */
const EXPLICIT_EACH = 6;
const UNKNOWN_EACH = 25;

const orNull = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);

/** A hundred thousand recordings: the real ones, and some of them again under other ids; undefined without the data. */
export function readVibeCatalog(): Catalog | undefined {
  const real = readRealMusic({ hasGenres: true })?.catalog;
  if (!real) return undefined;
  const names = new Map([...real.tagNumbers.genre].map(([tag, number]) => [number, tag]));
  const builder = createCatalogBuilder(RECORDINGS, { texts: true });
  for (let id = 0; id < RECORDINGS; id++) {
    const row = id % real.size;
    const copy = id < real.size ? '' : ' copy';
    const artists = [...artistsOf(real, row)];
    const { offsets, values } = real.tags.genre;
    const day = real.days.release_date[row] ?? UNKNOWN_DAY;
    builder.add({
      recordingId: id + 1,
      title: `${real.titles?.[row] ?? ''}${copy}`,
      artistIds: artists.map((artist) => `${real.artistIds[artist]}${copy}`),
      artistNames: artists.map((artist) => `${real.artistNames[artist] ?? ''}${copy}`),
      albumId: `${real.albumIds[real.albums[row] ?? 0]}${copy}`,
      albumName: real.albumNames?.[real.albums[row] ?? 0] ?? '',
      durationMs: real.numbers.duration_ms[row] ?? 0,
      explicit: id % UNKNOWN_EACH === 0 ? null : id % EXPLICIT_EACH === 0,
      popularity: orNull(real.numbers.popularity[row]),
      releasedOn: day === UNKNOWN_DAY ? null : dayText(day),
      ingestedOn: '2026-10-01',
      hasIsrc: false,
      features: AUDIO_FEATURES.map((feature) => orNull(real.numbers[feature][row])),
      featuresSource: 'spotify',
      genres: [...values.subarray(offsets[row], offsets[row + 1])].flatMap((tag) => names.get(tag) ?? []),
      moods: [],
    });
  }
  return builder.build();
}
