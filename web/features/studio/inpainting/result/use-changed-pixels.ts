import { useQuery } from '@tanstack/react-query';
import { countChanged } from '#shared/domain/studio/masks/count-changed.ts';
import type { MaskSize } from '#shared/domain/studio/masks/mask-operation.ts';

/** What differs between a picture and its repainted version. */
export type ChangedPixels =
  | { readonly kind: 'counted'; readonly inside: number; readonly outside: number }
  /** The model answered in a size that cannot be compared pixel by pixel. */
  | { readonly kind: 'another_size'; readonly width: number; readonly height: number }
  | { readonly kind: 'unknown' };

interface Compared {
  readonly before: string;
  readonly after: string;
  readonly mask: string | undefined;
  readonly size: MaskSize;
}

/** Counts the changed pixels inside and outside of a mask; undefined while the files are read. */
export function useChangedPixels(compared: Compared): ChangedPixels | undefined {
  const { before, after, mask } = compared;
  const found = useQuery({
    queryKey: ['changed-pixels', before, after, mask],
    queryFn: () => comparePixels(compared),
    staleTime: Infinity,
    retry: false,
  });
  return found.error ? { kind: 'unknown' } : found.data;
}

async function comparePixels({ before, after, mask, size }: Compared): Promise<ChangedPixels> {
  if (mask === undefined) return { kind: 'unknown' };
  const [one, other, marked] = await Promise.all([before, after, mask].map(loadPicture));
  if (!one || !other || !marked) return { kind: 'unknown' };
  if (other.naturalWidth !== size.width || other.naturalHeight !== size.height)
    return { kind: 'another_size', width: other.naturalWidth, height: other.naturalHeight };
  const [old, fresh, alpha] = [one, other, marked].map((image) => pixelsOf(image, size));
  return old && fresh && alpha ? { kind: 'counted', ...countChanged(old, fresh, alpha) } : { kind: 'unknown' };
}

async function loadPicture(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function pixelsOf(image: HTMLImageElement, { width, height }: MaskSize): Uint8ClampedArray | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(image, 0, 0, width, height);
  return context?.getImageData(0, 0, width, height).data;
}
