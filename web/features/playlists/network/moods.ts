import type { PlaylistCard } from '#shared/contracts/playlists/playlist-views.ts';

/** Mood filters of the network page, in display order. The values are used in the address. */
export const MOODS = ['calm', 'driving', 'bright', 'shaded', 'acoustic', 'older', 'newer'] as const;
export type Mood = (typeof MOODS)[number];

interface MoodRule {
  readonly name: string;
  /** Null when the value is unknown: the playlist matches no mood that depends on it. */
  readonly matches: (card: PlaylistCard) => boolean | null;
}

const above = (value: number | null, threshold: number) => (value === null ? null : value >= threshold);
const below = (value: number | null, threshold: number) => (value === null ? null : value <= threshold);

/** The range of each mood, on Spotify's 0–1 scales or by release year. */
export const MOOD_RULES: Readonly<Record<Mood, MoodRule>> = {
  calm: { name: 'Calm', matches: ({ sound }) => below(sound.energy, 0.45) },
  driving: { name: 'Driving', matches: ({ sound }) => above(sound.energy, 0.7) },
  bright: { name: 'Bright', matches: ({ sound }) => above(sound.valence, 0.58) },
  shaded: { name: 'Dark', matches: ({ sound }) => below(sound.valence, 0.4) },
  acoustic: { name: 'Acoustic', matches: ({ sound }) => above(sound.acousticness, 0.5) },
  older: { name: 'Before 1990', matches: ({ sound }) => below(sound.year, 1989) },
  newer: { name: 'Since 2010', matches: ({ sound }) => above(sound.year, 2010) },
};

/** The moods that some but not all playlists match; a filter that keeps all or none is not offered. */
export function availableMoods(cards: readonly PlaylistCard[]): Mood[] {
  return MOODS.filter((mood) => {
    const matching = cards.filter((card) => MOOD_RULES[mood].matches(card) === true).length;
    return matching > 0 && matching < cards.length;
  });
}
