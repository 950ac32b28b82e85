import type { Deps } from '#server/deps.ts';
import { localArtInput } from '#shared/contracts/covers/local-art.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { SeriesPlace } from '#shared/domain/covers/art/series.ts';
import { requestFor } from '#shared/domain/covers/projects/type-request.ts';
import { COVER_JPEG_BYTES_MAX, COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { AppError } from '#shared/errors.ts';
import { paintPicture } from '../paint-picture.ts';

/** The series template of the network: the same for all its covers. */
const TEMPLATE = 0;

interface Member {
  readonly place: SeriesPlace;
  readonly title: string;
  readonly facts: MusicFacts;
  /** The second mood of music that has two. */
  readonly secondMood: LocalArtInput['secondMood'];
  readonly signal: AbortSignal;
}

/**
 * The JPEG of a playlist's cover, drawn by our own model in the series of the network. A title that cannot be set on its picture is set on a plate; one that
 * cannot be set at all is left out, because a picture without a title is better than none.
 */
export async function makeCover(
  deps: Pick<Deps, 'localArt' | 'newId' | 'coverType' | 'coverFiles'>,
  { place, title, facts, secondMood, signal }: Member,
): Promise<Uint8Array> {
  const { family, composition, palette, seed, reversed } = place;
  const input = localArtInput.parse({ family, composition, palette, seed, reversed, title, music: facts, secondMood, size: COVER_SIDE });
  const { bytes, details } = await paintPicture(deps, input, signal);
  if (!details.isType) {
    const words = { title, subtitle: null };
    for (const layout of ['auto', 'plate'] as const) {
      const wish = { layout, series: { template: TEMPLATE, member: place.index } };
      const request = { ...requestFor({ words, wish, palette, room: details.room[0] }), layout };
      const set = await deps.coverType.typeset(bytes, request, signal).catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'invalid_input') return undefined;
        throw error;
      });
      if (set) return set.jpeg.bytes;
    }
  }
  return (await deps.coverFiles.fitJpeg(await deps.coverFiles.decodeSquare(bytes, COVER_SIDE), { bytesMax: COVER_JPEG_BYTES_MAX })).bytes;
}
