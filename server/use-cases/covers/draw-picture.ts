import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { storeAsset } from '#server/use-cases/studio/store-asset.ts';
import type { DrawnPicture, LocalArtInput } from '#shared/contracts/covers/local-art.ts';
import { paintPicture } from './paint-picture.ts';

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
  const { bytes, mediaType, seed, request, working, details } = await paintPicture(deps, input, signal);
  const { size, family, composition, palette } = request;
  const asset = await storeAsset(deps, actor, { bytes, mediaType, width: size, height: size, seed });
  return {
    asset,
    url: `/files/${asset}`,
    size,
    family,
    composition,
    palette: palette.id,
    seed: input.seed,
    readings: [...details.readings],
    working: [...working],
    room: [...details.room],
    isType: details.isType,
  };
}
