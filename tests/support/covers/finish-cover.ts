import { makeCover } from '#server/use-cases/covers/network/make-cover.ts';
import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { createCoverType } from '#server/providers/cover-type/cover-type.ts';
import { createLocalArt } from '#server/providers/local-art/local-art.ts';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { SeriesPlace } from '#shared/domain/covers/art/series.ts';

const coverFiles = createCoverJpeg();
const deps = { localArt: createLocalArt(), coverFiles, coverType: createCoverType(coverFiles), newId: () => 'sample' };

/** The finished JPEG of a member of a network, as the network's job makes it. */
export function finishCover(member: { place: SeriesPlace; title: string; music: MusicFacts }): Promise<Uint8Array> {
  const { place, title, music } = member;
  return makeCover(deps, { place, title, facts: music, secondMood: null, signal: new AbortController().signal });
}
