import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { Texture } from '#shared/domain/catalog/lexicon/sound-words.ts';

/** Acousticness and instrumentalness are confidences: above one half the property is likely. */
const LIKELY = 0.5;
/** The 65th percentile of danceability over 66,307 tracks of many genres. */
const DANCEABLE = 0.67;

/** The textures that the music likely has; an unknown number says nothing. */
export function likelyTextures(facts: Pick<MusicFacts, 'acousticness' | 'instrumentalness' | 'danceability'>): readonly Texture[] {
  const likely: [Texture, boolean][] = [
    ['acoustic', (facts.acousticness ?? 0) > LIKELY],
    ['instrumental', (facts.instrumentalness ?? 0) > LIKELY],
    ['danceable', (facts.danceability ?? 0) > DANCEABLE],
  ];
  return likely.flatMap(([texture, isLikely]) => (isLikely ? [texture] : []));
}
