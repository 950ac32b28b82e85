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
 * size of the picture it starts from, that is `picture`, or one megapixel while there is none. Words and pictures that are sent are added where the vendor
 * charges them.
 */
export function estimate(model: Model, values: ModelValues, picture?: PictureSize): number {
  const read = (id: InputId): unknown => {
    const input = model.inputs[id];
    return input && (values[id] ?? defaultOf(input));
  };
  const { usdMicros, times } = model.price;
  const factor = times ? (times.table[String(read(times.input))] ?? Math.max(...Object.values(times.table))) : 1;
  const count = Number(read('count') ?? 1);
  return Math.ceil(usdMicros * factor * count * unitsOf(model, read, picture) + count * sentUsdMicros(model, sentTokens(model, values)));
}

/** A token of English has about four characters, one of Chinese three bytes; so this counts rather too many than too few. */
const BYTES_PER_TOKEN = 3;

/** As many tokens as a request sends, by the vendor's price list; 0 where it does not charge them. */
export function sentTokens({ price: { sent } }: Model, { prompt, image }: ModelValues): number {
  if (!sent) return 0;
  const pictures = Array.isArray(image) ? image.length : 0;
  return pictures * sent.tokensPerPicture + (typeof prompt === 'string' ? Math.ceil(utf8Bytes(prompt) / BYTES_PER_TOKEN) : 0);
}

/** What a request costs once the vendor has counted what was sent: the estimate with its count in place of ours. */
export function costWithTokens(
  model: Model,
  values: ModelValues,
  { estimateUsdMicros, tokens }: { readonly estimateUsdMicros: number; readonly tokens: number },
): number {
  if (!model.price.sent) return estimateUsdMicros;
  // The estimate is rounded up; without what was sent it is a whole number again.
  const made = Math.floor(estimateUsdMicros - sentUsdMicros(model, sentTokens(model, values)));
  return Math.max(0, Math.ceil(made + sentUsdMicros(model, tokens)));
}

function sentUsdMicros({ price: { sent } }: Model, tokens: number): number {
  return tokens * (sent?.usdMicrosPerToken ?? 0);
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
  }
  return bytes;
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
