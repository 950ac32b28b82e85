import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';

/** The second mood of music that has two, as our image model takes it. */
export function secondMoodOf({ moods: [, second] }: MusicAnalysis): LocalArtInput['secondMood'] {
  return second ? { valence: second.valence.median, energy: second.energy.median } : null;
}
