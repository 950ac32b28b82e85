import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { cutText } from '#shared/domain/text.ts';
import type { AnalyzedTrack } from './analyzed-track.ts';

/** More genres than this say little, and the facts of a picture take no more. */
const GENRES_MAX = 12;
const NAME_CHARS_MAX = 80;

/**
 * Genres by weight, the heaviest first. Each track with known genres counts once, in equal parts for its genres, so that the weights of all genres sum
 * to 1.
 */
export function weighGenres(tracks: readonly Pick<AnalyzedTrack, 'genres'>[]): MusicAnalysis['genres'] {
  const sums = new Map<string, { weight: number; tracks: number }>();
  let known = 0;
  for (const { genres } of tracks) {
    const names = new Set(genres.map(cleanName).filter((name) => name !== ''));
    if (names.size > 0) known += 1;
    for (const name of names) {
      const sum = sums.get(name) ?? { weight: 0, tracks: 0 };
      sums.set(name, { weight: sum.weight + 1 / names.size, tracks: sum.tracks + 1 });
    }
  }
  const weighed = [...sums].map(([name, sum]) => ({ name, weight: Math.floor((sum.weight / known) * 1_000) / 1_000, tracks: sum.tracks }));
  return weighed.toSorted((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)).slice(0, GENRES_MAX);
}

function cleanName(name: string): string {
  return cutText(name.toLowerCase().replaceAll(/\s+/g, ' ').trim(), NAME_CHARS_MAX);
}
