import type { MusicAnalysis, MusicTexture } from '#shared/contracts/covers/analysis.ts';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { tempoWordOf } from '#shared/domain/catalog/lexicon/sound-words.ts';
import type { Texture } from '#shared/domain/catalog/lexicon/sound-words.ts';
import { paletteForMoods } from '#shared/domain/covers/art/emotion.ts';
import type { AnalyzedTrack } from './analyzed-track.ts';
import { describeAnalysis } from './describe-analysis.ts';
import { figureOf, quantileOf } from './figures.ts';
import { weighGenres } from './genre-weights.ts';
import { moodsOf } from './moods.ts';

/** Beats per minute that a tempo can be; 0 is how some sources write "unknown". */
const TEMPO_RANGE = [20, 300] as const;
const YEAR_RANGE = [1900, 2100] as const;
/** The facts of a picture list no more tracks. */
const FACT_TRACKS_MAX = 100;
const DAY_MS = 86_400_000;
/** From which median a texture is likely. The first two and the last but one are confidences (Spotify names .5 and .8); the others are upper quantiles. */
const LIKELY_FROM: readonly (readonly [
  Texture,
  keyof AnalyzedTrack & ('acousticness' | 'instrumentalness' | 'speechiness' | 'liveness' | 'danceability'),
  number,
])[] = [
  ['acoustic', 'acousticness', 0.5],
  ['instrumental', 'instrumentalness', 0.5],
  ['spoken', 'speechiness', 0.15],
  ['live', 'liveness', 0.8],
  ['danceable', 'danceability', 0.67],
];

/**
 * What tracks are about: genres, moods, era, tempo and texture, each with how many tracks it is known for, and the facts that words and pictures are made
 * from. A pure function; works when nothing is known of any track.
 */
export function analyzeTracks(tracks: readonly AnalyzedTrack[]): MusicAnalysis {
  const genres = weighGenres(tracks);
  const moods = moodsOf(tracks);
  const era = eraOf(tracks);
  const tempo = figureOf(tracks.map(({ tempo: bpm }) => (bpm !== null && isWithin(bpm, TEMPO_RANGE) ? bpm : null)));
  const analysis: Omit<MusicAnalysis, 'sentences'> = {
    tracks: tracks.length,
    genres,
    moods,
    era,
    tempo: tempo && { ...tempo, word: tempoWordOf(tempo.median) },
    textures: texturesOf(tracks),
    palette: paletteOf(moods),
    coverage: {
      sound: tracks.filter(({ valence, energy }) => valence !== null && energy !== null).length,
      genres: tracks.filter((track) => weighGenres([track]).length > 0).length,
      years: era?.known ?? 0,
    },
    facts: factsOf(tracks, { genres, mood: moods[0], tempo: tempo?.median ?? null, era }),
  };
  return { ...analysis, sentences: describeAnalysis(analysis) };
}

interface Found extends Pick<MusicAnalysis, 'genres' | 'era'> {
  readonly mood: MusicAnalysis['moods'][number] | undefined;
  readonly tempo: number | null;
}

/** The larger of two moods speaks for the music: the middle of two clusters is a mood that no track has. */
function factsOf(tracks: readonly AnalyzedTrack[], { genres, mood, tempo, era }: Found): MusicFacts {
  const median = (name: 'valence' | 'energy' | 'danceability' | 'acousticness' | 'instrumentalness') =>
    shareOf(figureOf(tracks.map((track) => track[name]))?.median ?? null);
  return {
    valence: mood ? shareOf(mood.valence.median) : median('valence'),
    energy: mood ? shareOf(mood.energy.median) : median('energy'),
    danceability: median('danceability'),
    acousticness: median('acousticness'),
    instrumentalness: median('instrumentalness'),
    tempo,
    decade: era !== null && era.share >= 0.5 ? era.decade : null,
    genres: genres.map(({ name, weight }) => ({ name, weight })),
    tracks: tracks
      .slice(0, FACT_TRACKS_MAX)
      .flatMap(({ durationMs, energy, valence }) =>
        durationMs === null
          ? []
          : [{ durationMs: Math.min(DAY_MS, Math.max(0, Math.round(durationMs))), energy: shareOf(energy), valence: shareOf(valence) }],
      ),
  };
}

function paletteOf(moods: MusicAnalysis['moods']): MusicAnalysis['palette'] {
  const [first, second] = moods.map(({ valence, energy }) => ({ valence: valence.median, energy: energy.median }));
  if (!first) return null;
  const { palette, working } = paletteForMoods(second ? [first, second] : [first]);
  return { id: palette.id, working };
}

function eraOf(tracks: readonly AnalyzedTrack[]): MusicAnalysis['era'] {
  const years = tracks.flatMap(({ releaseYear }) => (releaseYear !== null && isWithin(releaseYear, YEAR_RANGE) ? [releaseYear] : []));
  if (years.length === 0) return null;
  years.sort((a, b) => a - b);
  const counts = new Map<number, number>();
  for (const year of years) counts.set(year - (year % 10), (counts.get(year - (year % 10)) ?? 0) + 1);
  const [decade, count] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  const at = (share: number) => Math.round(quantileOf(years, share));
  return { decade, share: Math.round((count / years.length) * 100) / 100, from: at(0.1), to: at(0.9), known: years.length };
}

function texturesOf(tracks: readonly AnalyzedTrack[]): readonly MusicTexture[] {
  return LIKELY_FROM.flatMap(([texture, name, from]) => {
    const figure = figureOf(tracks.map((track) => track[name]));
    return figure ? [{ texture, value: figure.median, isLikely: figure.median >= from, known: figure.known }] : [];
  });
}

function isWithin(value: number, [from, to]: readonly [number, number]): boolean {
  return value >= from && value <= to;
}

function shareOf(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.min(1, Math.max(0, value));
}
