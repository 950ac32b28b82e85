import type { MoodRegion } from '#shared/domain/catalog/lexicon/mood-regions.ts';

/** What each region of valence and energy is called. */
export const MOOD_LABELS: Readonly<Record<MoodRegion, string>> = {
  excited: 'Excited',
  tense: 'Tense',
  wistful: 'Wistful',
  calm: 'Calm',
  mixed: 'Mixed',
};

/** 0.617 → "0.62". */
export const decimals = (value: number) => value.toFixed(2);
