import type { Deps } from '#server/deps.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { chooseArt } from '#shared/domain/covers/art/choose-art.ts';
import type { ChosenArt } from '#shared/domain/covers/art/choose-art.ts';
import type { ArtDetails } from '#shared/domain/covers/art/draw-art.ts';
import { AppError } from '#shared/errors.ts';

/** A picture of our own model, and how it was chosen and drawn. */
export interface PaintedPicture extends ChosenArt {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly seed: string | null;
  readonly details: ArtDetails;
}

/** Draws a picture with our own model. The same input gives the same picture. Throws `invalid_input` with the field. */
export async function paintPicture(deps: Pick<Deps, 'localArt' | 'newId'>, input: LocalArtInput, signal: AbortSignal): Promise<PaintedPicture> {
  const chosen = chooseArt(input);
  if (!chosen) throw invalid('palette', 'palette is not the name of a palette');
  const progress = await deps.localArt.start({ renderId: deps.newId(), endpoint: 'local-art', body: { ...input }, files: [] }, signal);
  if (!('kind' in progress) || progress.kind !== 'done') {
    if ('kind' in progress && progress.kind === 'refused') throw invalid(progress.field, progress.message);
    throw new Error('The model local-art did not draw at once.');
  }
  const [file] = progress.files;
  if (!file) throw new Error('The model local-art returned no picture.');
  return { ...chosen, bytes: file.bytes, mediaType: file.mediaType, seed: file.seed, details: file.details as ArtDetails };
}

function invalid(field: string | undefined, message: string): AppError {
  return new AppError('invalid_input', { message, field, remedy: 'Correct the field and send it again.' });
}
