import type { GoesWith, Seed } from '#shared/contracts/policies/policy.ts';
import { counted, listed } from './counted-words.ts';
import { describeRecordingRef } from './policy-refs.ts';

/** How a policy names an example of what a list goes with, as text. */
export function describeSeed(seed: Seed): string {
  if ('artistId' in seed) return `artist ${seed.artistId}`;
  return 'playlistIndex' in seed ? `playlist #${String(seed.playlistIndex).padStart(3, '0')}` : describeRecordingRef(seed);
}

/** What a list goes with and does not go with: the kinds of examples and their number. */
export function describeGoesWith({ seeds, avoid }: GoesWith): string[] {
  return [...(seeds.length > 0 ? [`Goes with ${countSeeds(seeds)}`] : []), ...(avoid.length > 0 ? [`Does not go with ${countSeeds(avoid)}`] : [])];
}

function countSeeds(seeds: readonly Seed[]): string {
  const artists = seeds.filter((seed) => 'artistId' in seed).length;
  const playlists = seeds.filter((seed) => 'playlistIndex' in seed).length;
  const recordings = seeds.length - artists - playlists;
  const words = [
    ...(recordings > 0 ? [counted(recordings, 'recording')] : []),
    ...(artists > 0 ? [counted(artists, 'artist')] : []),
    ...(playlists > 0 ? [counted(playlists, 'playlist')] : []),
  ];
  return listed(words, 'and');
}
