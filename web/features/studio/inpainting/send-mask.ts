import type { StoredMask } from '#shared/contracts/studio/masks.ts';
import type { MaskBitmap, MaskOperation, MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import { rasterizeMask } from '#shared/domain/studio/masks/rasterize-mask.ts';
import { softenMask } from '#shared/domain/studio/masks/soften-mask.ts';
import type { MaskEdge } from '#shared/domain/studio/masks/soften-mask.ts';
import type { AssetId } from '#shared/ids.ts';

/** A mask of a picture with its steps. */
export interface MaskToSend {
  readonly image: AssetId;
  readonly size: MaskSize;
  readonly operations: readonly MaskOperation[];
  readonly edge: MaskEdge;
}

/** Draws a mask at exactly the size of its picture, white where it repaints, and stores it with its steps. Throws an error in the form of the API's own. */
export async function sendMask({ image, size, operations, edge }: MaskToSend): Promise<StoredMask> {
  const form = new FormData();
  form.append('mask', await pngOf(softenMask(rasterizeMask(operations, size), edge)), 'mask.png');
  form.append('operations', JSON.stringify([...operations, { kind: 'edge', ...edge }]));
  const response = await fetch(`/files/masks?of=${image}`, { method: 'POST', body: form });
  const answer: unknown = await response.json();
  if (!response.ok) throw Object.assign(new Error('The mask was refused.'), { data: answer });
  return answer as StoredMask;
}

async function pngOf({ width, height, alpha }: MaskBitmap): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = new ImageData(width, height);
  for (const [at, value] of alpha.entries()) image.data.set([value, value, value, 255], 4 * at);
  context?.putImageData(image, 0, 0);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('This browser cannot write the mask.'))), 'image/png');
  });
}
