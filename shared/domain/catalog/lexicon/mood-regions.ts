/** Regions of valence (how positive music sounds) and energy (how intense), the two axes of mood (Russell 1980). */

export const MOOD_REGIONS = ['excited', 'tense', 'wistful', 'calm', 'mixed'] as const;
export type MoodRegion = (typeof MOOD_REGIONS)[number];

export const MOOD_LEVELS = ['low', 'mid', 'high'] as const;
export type MoodLevel = (typeof MOOD_LEVELS)[number];

/** Music this near to the middle of both axes has no clear mood. */
const MIDDLE_RADIUS = 0.1;
/** The 30th and the 70th percentile of energy, and the 30th and the 65th of valence, over 66,307 tracks of many genres. */
const ENERGY_BOUNDS = [0.51, 0.79] as const;
const VALENCE_BOUNDS = [0.37, 0.66] as const;

/** The quadrant of valence and energy; "mixed" near the middle. Null when either number is unknown. */
export function moodRegionOf(valence: number | null, energy: number | null): MoodRegion | null {
  if (valence === null || energy === null) return null;
  if (Math.hypot(valence - 0.5, energy - 0.5) <= MIDDLE_RADIUS) return 'mixed';
  if (valence >= 0.5) return energy >= 0.5 ? 'excited' : 'calm';
  return energy >= 0.5 ? 'tense' : 'wistful';
}

/** Whether the energy is low, middling or high among known music; an unknown one counts as middling. */
export function energyLevelOf(energy: number | null): MoodLevel {
  return levelOf(energy, ENERGY_BOUNDS);
}

/** Whether the valence is low, middling or high among known music; an unknown one counts as middling. */
export function valenceLevelOf(valence: number | null): MoodLevel {
  return levelOf(valence, VALENCE_BOUNDS);
}

function levelOf(value: number | null, [low, high]: readonly [number, number]): MoodLevel {
  if (value === null) return 'mid';
  if (value < low) return 'low';
  return value > high ? 'high' : 'mid';
}
