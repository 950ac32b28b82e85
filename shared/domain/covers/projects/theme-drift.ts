import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';

/** What of some music decides its cover. */
export type Theme = Pick<MusicFacts, 'valence' | 'energy' | 'decade' | 'genres'> & { readonly title: string };

/** The theme of a playlist's music. */
export function themeOf({ valence, energy, decade, genres }: MusicFacts, title: string): Theme {
  return { title, valence, energy, decade, genres };
}

/** A distance across a quarter of the mood plane, or half of the genres, is a drift of 0.5. */
const MOOD_SCALE = 2;
/** Years that count as a whole drift. */
const YEARS_SCALE = 60;

/**
 * How far music has drifted from what its cover was drawn from: 0 is the same, 1 is another playlist. The largest of the drifts of mood (distance in valence
 * and energy), genres (1 − shared weight) and decade; another title is 1. An unknown number does not drift.
 */
export function themeDrift(before: Theme, now: Theme): number {
  if (before.title !== now.title) return 1;
  const mood = MOOD_SCALE * Math.hypot(apart(before.valence, now.valence), apart(before.energy, now.energy));
  const years = apart(before.decade, now.decade) / YEARS_SCALE;
  return Math.min(1, Math.max(mood, genreDrift(before, now), years));
}

function apart(one: number | null, other: number | null): number {
  return one === null || other === null ? 0 : Math.abs(one - other);
}

function genreDrift(before: Theme, now: Theme): number {
  const whole = Math.min(weightOf(before), weightOf(now));
  if (whole === 0) return 0;
  const shared = now.genres.reduce(
    (sum, { name, weight }) => sum + Math.min(weight, before.genres.find((genre) => genre.name === name)?.weight ?? 0),
    0,
  );
  return 0.5 * (1 - Math.min(1, shared / whole));
}

const weightOf = ({ genres }: Theme) => genres.reduce((sum, { weight }) => sum + weight, 0);
