import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { storeAsset } from '#server/use-cases/studio/store-asset.ts';
import type { DrawnPicture, LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { chooseArt } from '#shared/domain/covers/art/choose-art.ts';
import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import { AppError } from '#shared/errors.ts';

const PATIENCE_MS = 30_000;

/**
 * Draws a picture with our own model and stores it for the actor, with what each number of the music drew. The same input gives the same picture.
 * Throws `invalid_input` with the field, and what storing throws.
 */
export async function drawPicture(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'assets' | 'localArt'>,
  actor: Actor,
  { signal: callerSignal, ...input }: LocalArtInput & { signal?: AbortSignal | undefined },
): Promise<DrawnPicture> {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = callerSignal ? AbortSignal.any([callerSignal, limit]) : limit;
  const chosen = chooseArt(input);
  if (!chosen) throw invalid('palette', 'palette is not the name of a palette');
  const progress = await deps.localArt.start({ renderId: deps.newId(), endpoint: 'local-art', body: input, files: [] }, signal);
  if (!('kind' in progress) || progress.kind !== 'done') {
    if ('kind' in progress && progress.kind === 'refused') throw invalid(progress.field, progress.message);
    throw new Error('The model local-art did not draw at once.');
  }
  const [file] = progress.files;
  if (!file) throw new Error('The model local-art returned no picture.');
  const { size, family, composition, palette } = chosen.request;
  const asset = await storeAsset(deps, actor, { bytes: file.bytes, mediaType: file.mediaType, width: size, height: size, seed: file.seed });
  const { readings, room, isType } = drawArt(chosen.request);
  return {
    asset,
    url: `/files/${asset}`,
    size,
    family,
    composition,
    palette: palette.id,
    seed: input.seed,
    readings: [...readings],
    working: [...chosen.working],
    room: [...room],
    isType,
  };
}

function invalid(field: string | undefined, message: string): AppError {
  return new AppError('invalid_input', { message, field, remedy: 'Correct the field and send it again.' });
}
