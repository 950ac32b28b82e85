import type { BareImage, PictureLimits } from '../cover-ports.ts';
import { invalidPicture } from './picture-errors.ts';
import { openImage, refuseDamaged } from './probe-image.ts';

/** Qualities of a JPEG that are tried when the picture's own type has too many bytes. */
const QUALITIES = [92, 84, 72, 60];
const MEDIA_TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** The picture as it is when it is within the limits, or else smaller: in pixels, then, as a JPEG, in bytes. Throws `invalid_input` when no quality is small enough. */
export async function shrinkImage(file: Uint8Array, { pixelsMax, bytesMax, size }: PictureLimits): Promise<BareImage> {
  const { width, height, format } = await openImage(file).metadata().catch(refuseDamaged);
  const type = format === 'jpeg' || format === 'webp' ? format : 'png';
  const scale = Math.min(1, Math.sqrt(pixelsMax / (width * height)));
  const target = size ?? { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
  const isSameSize = target.width === width && target.height === height;
  if (isSameSize && file.length <= bytesMax) return { bytes: file, mediaType: MEDIA_TYPES[type], width, height };
  const sized = () => (isSameSize ? openImage(file) : openImage(file).resize({ ...target, fit: 'fill' }));
  const own = await sized().toFormat(type).toBuffer().catch(refuseDamaged);
  if (own.length <= bytesMax) return { bytes: own, mediaType: MEDIA_TYPES[type], ...target };
  for (const quality of QUALITIES) {
    const bytes = await sized().flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer().catch(refuseDamaged);
    if (bytes.length <= bytesMax) return { bytes, mediaType: 'image/jpeg', ...target };
  }
  throw invalidPicture('The picture has too many details for this model.', 'Make it smaller.');
}
