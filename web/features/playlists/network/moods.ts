import type { PlaylistCard } from '#shared/contracts/views.ts';

/** The filters of the wall, in the order they are offered. */
export const MOODS = ['calm', 'driving', 'bright', 'shaded', 'acoustic', 'older', 'newer'] as const;
export type Mood = (typeof MOODS)[number];

interface MoodRule {
  readonly name: string;
  /** Null when the number that would decide is unknown: such a playlist is in neither camp. */
  readonly holds: (card: PlaylistCard) => boolean | null;
}

const above = (value: number | null, than: number) => (value === null ? null : value >= than);
const below = (value: number | null, than: number) => (value === null ? null : value <= than);

/** What each word means in the numbers of the music (Spotify's 0–1 scales, release year). */
export const MOOD_RULES: Readonly<Record<Mood, MoodRule>> = {
  calm: { name: 'Calm', holds: ({ sound }) => below(sound.energy, 0.45) },
  driving: { name: 'Driving', holds: ({ sound }) => above(sound.energy, 0.7) },
  bright: { name: 'Bright', holds: ({ sound }) => above(sound.valence, 0.58) },
  shaded: { name: 'Shaded', holds: ({ sound }) => below(sound.valence, 0.4) },
  acoustic: { name: 'Acoustic', holds: ({ sound }) => above(sound.acousticness, 0.5) },
  older: { name: 'Before 1990', holds: ({ sound }) => below(sound.year, 1989) },
  newer: { name: 'Since 2010', holds: ({ sound }) => above(sound.year, 2010) },
};

/** Only the words that divide this network: a filter that keeps all or none is not offered. */
export function moodsOf(cards: readonly PlaylistCard[]): Mood[] {
  return MOODS.filter((mood) => {
    const kept = cards.filter((card) => MOOD_RULES[mood].holds(card) === true).length;
    return kept > 0 && kept < cards.length;
  });
}
