import { defaultOf } from './model.ts';
import type { InputId, Model, ModelValues } from './model.ts';

const MEGAPIXEL = 1024 * 1024;

/** Width and height of the picture that a request starts from. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * What a request costs in millionths of a US dollar: megapixels and results are rounded up, so it is not below the price list. Where the result has the
 * size of the picture it starts from, that is `picture`, or one megapixel while there is none.
 */
export function estimate(model: Model, values: ModelValues, picture?: PictureSize): number {
  const read = (id: InputId): unknown => {
    const input = model.inputs[id];
    return input && (values[id] ?? defaultOf(input));
  };
  const { usdMicros, times } = model.price;
  const factor = times ? (times.table[String(read(times.input))] ?? Math.max(...Object.values(times.table))) : 1;
  const count = Number(read('count') ?? 1);
  return Math.ceil(usdMicros * factor * count * unitsOf(model, read, picture));
}

function unitsOf(model: Model, read: (id: InputId) => unknown, picture: PictureSize | undefined): number {
  const { unit } = model.price;
  if (unit === 'image') return 1;
  if (unit === 'second') return Number(read('seconds') ?? 1);
  return Math.max(1, Math.ceil(pixelsOf(model, read, picture) / MEGAPIXEL));
}

function pixelsOf({ inputs: { size, image } }: Model, read: (id: InputId) => unknown, picture: PictureSize | undefined): number {
  if (size?.kind === 'size') {
    const option = size.options.find((each) => each.value === read('size'));
    return option ? option.width * option.height : Math.max(...size.options.map((each) => each.width * each.height));
  }
  if (!picture) return MEGAPIXEL;
  // A larger picture is made smaller before it is sent.
  return Math.min(picture.width * picture.height, image?.kind === 'image' ? image.maxPixels : Number.POSITIVE_INFINITY);
}
