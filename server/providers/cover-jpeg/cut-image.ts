import type { BareImage, PictureCut } from '../cover-ports.ts';
import { invalidPicture } from './picture-errors.ts';
import { openImage, refuseDamaged } from './probe-image.ts';

/** A part of a picture, made smaller if asked; a JPEG stays a JPEG. Never larger than the part itself. Throws `invalid_input`. */
export async function cutImage(file: Uint8Array, { crop, width }: PictureCut): Promise<BareImage> {
  const facts = await openImage(file).metadata().catch(refuseDamaged);
  const isTurned = (facts.orientation ?? 1) >= 5;
  const [wide, high] = isTurned ? [facts.height, facts.width] : [facts.width, facts.height];
  if (crop && (crop.left + crop.width > wide || crop.top + crop.height > high))
    throw invalidPicture(`The part is outside of the picture, which has ${wide} × ${high} pixels.`, 'Choose a part within it.');
  const upright = openImage(file).rotate();
  const part = crop ? upright.extract(crop) : upright;
  const sized = width === undefined ? part : part.resize({ width, withoutEnlargement: true });
  const written = facts.format === 'jpeg' ? sized.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }) : sized.png();
  const { data, info } = await written.toBuffer({ resolveWithObject: true }).catch(refuseDamaged);
  return { bytes: data, mediaType: facts.format === 'jpeg' ? 'image/jpeg' : 'image/png', width: info.width, height: info.height };
}
