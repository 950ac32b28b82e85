import { dayNumber, dayText } from '#shared/domain/calendar.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import type { AudioFeature } from '#shared/vocabulary.ts';
import type { MeasuredPolicy, Music } from './music.ts';

const RECORDINGS = 30_000;
const STYLES = 12;
const NEWEST = dayNumber('2026-11-01');

/**
 * Generated music with styles, long-tailed artists, albums and second versions of songs, and policies over it: for measurements where no real data is.
 * Values depend only on the row number.
 */
export function generatedMusic(): Music {
  const builder = createCatalogBuilder(RECORDINGS, { texts: true });
  for (let n = 0; n < RECORDINGS; n += 1) {
    const chance = (salt: number) => chanceOf(salt, n);
    const artist = Math.floor(chanceOf(1, Math.floor(n / 12)) ** 2 * 3_000);
    const style = artist % STYLES;
    const isVersion = chance(2) < 0.06;
    const song = Math.floor(n / 12) * 12 + (isVersion ? 0 : n % 12);
    const around = (salt: number, width: number) =>
      Math.min(1, Math.max(0, chanceOf(salt, style) * 0.7 + 0.15 + (chance(salt + 50) + chance(salt + 90) - 1) * width));
    const features: Partial<Record<AudioFeature, number>> = {
      danceability: around(11, 0.4),
      energy: around(12, 0.5),
      valence: around(13, 0.6),
      acousticness: around(14, 0.6) ** 2,
      instrumentalness: chance(15) < 0.8 ? 0 : chance(16),
      speechiness: 0.03 + 0.2 * chance(17) ** 4,
      liveness: 0.1 + 0.5 * chance(18) ** 3,
      loudness: -18 + 14 * around(12, 0.5),
      tempo: chance(19) < 0.001 ? 0 : 70 + 50 * chanceOf(20, style) + 60 * chance(21),
      key: Math.floor(chance(22) * 12),
      mode: chance(23) < 0.6 ? 1 : 0,
      time_signature: 4,
    };
    builder.add({
      recordingId: n + 1,
      title: `Song ${song}${isVersion ? ' - Live' : ''}${chance(24) < 0.01 ? ' (Christmas)' : ''}`,
      artistIds: [`artist ${artist}`],
      artistNames: [`Artist ${artist}`],
      albumId: `album ${Math.floor(n / 12)}`,
      albumName: `Album ${Math.floor(n / 12)}`,
      durationMs: 130_000 + Math.floor(chance(25) * 170_000),
      explicit: null,
      popularity: Math.floor(100 * chance(26) ** 1.6),
      releasedOn: chance(27) < 0.2 ? null : dayText(NEWEST - Math.floor(chanceOf(28, Math.floor(n / 12)) ** 1.5 * 20_000)),
      ingestedOn: '2026-10-01',
      hasIsrc: true,
      features: AUDIO_FEATURES.map((feature) => (chance(29) < 0.95 ? (features[feature] ?? null) : null)),
      featuresSource: 'reccobeats',
      genres: [`style ${style}`],
      moods: [],
    });
  }
  return { catalog: builder.build(), policies: POLICIES, human: [] };
}

const POLICIES: readonly MeasuredPolicy[] = [
  { name: 'two-targets', pool: [], prefer: [target('energy', 0.6, 0.2), target('valence', 0.5, 0.2)] },
  {
    name: 'lively',
    pool: [['energy', 'gte', 0.55]],
    prefer: [target('energy', 0.8, 0.12), target('danceability', 0.65, 0.15)],
    flow: { energy: 'rise', tempo: 0.3 },
  },
  { name: 'calm', pool: [['energy', 'lte', 0.5]], prefer: [target('energy', 0.3, 0.1), target('tempo', 95, 20)], flow: { energy: 'fall' } },
  { name: 'peak', pool: [['popularity', 'gte', 20]], prefer: [target('energy', 0.6, 0.2)], flow: { energy: 'peak', harmonic: 0.5 } },
  { name: 'styles', pool: [['genre', 'has_any', ['style 1', 'style 4', 'style 7']]], prefer: [target('valence', 0.6, 0.2)] },
  { name: 'newest', pool: [], prefer: [{ field: 'release_date', newest: true, weight: 1 }, target('energy', 0.5, 0.2)] },
].map(({ name, pool, prefer, flow }) => ({
  name,
  body: {
    version: 1,
    size: 50,
    seed: name,
    pool: { all: pool.map(([field, op, value]) => ({ field, op, value })) },
    prefer,
    ...(flow ? { flow } : {}),
  },
}));

function target(field: string, toward: number, spread: number) {
  return { field, toward, spread, weight: 1 };
}
