import { useEffect, useState } from 'react';
import type { MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';
import { fieldSize } from '#shared/domain/studio/masks/select-color.ts';
import type { ColorField } from '#shared/domain/studio/masks/select-color.ts';

/** A small version of a picture, in which colors are selected; undefined until it is loaded. */
export function useColorField(url: string, size: MaskSize): ColorField | undefined {
  const [field, setField] = useState<ColorField>();
  useEffect(() => {
    let isCurrent = true;
    void loadField(url, size).then((found) => (isCurrent ? setField(found) : undefined));
    return () => {
      isCurrent = false;
    };
  }, [url, size]);
  return field;
}

/** Undefined when the picture cannot be loaded, which the picture itself shows on the page. */
async function loadField(url: string, size: MaskSize): Promise<ColorField | undefined> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return readField(image, size);
  } catch {
    return undefined;
  }
}

function readField(image: HTMLImageElement, size: MaskSize): ColorField | undefined {
  const { columns, rows } = fieldSize(size);
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, columns, rows);
  return { columns, rows, pixels: context.getImageData(0, 0, columns, rows).data };
}
