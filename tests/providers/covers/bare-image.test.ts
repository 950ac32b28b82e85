import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

const files = createCoverJpeg();

/** Noise, so that a picture has all kinds of bytes, with every metadata that sharp can write. */
async function pictureOf(format: 'png' | 'jpeg' | 'webp', options: object = {}): Promise<Buffer> {
  const [width, height] = [67, 41];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) % 256);
  const picture = sharp(data, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Copyright: 'secret owner', ImageDescription: 'the prompt' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>');
  return picture.toFormat(format, options).toBuffer();
}

const pixels = (file: Uint8Array) => sharp(file).raw().toBuffer();

describe.each([
  ['png', {}],
  ['jpeg', {}],
  ['jpeg', { progressive: true }],
  ['webp', {}],
  ['webp', { lossless: true }],
] as const)('a %s file %j', (format, options) => {
  test('loses its metadata and what was appended to it, and not one pixel', async () => {
    const file = await pictureOf(format, options);
    const polyglot = Buffer.concat([file, Buffer.from('PK\u0003\u0004 <script>secret</script>')]);
    const bare = await files.bareImage(polyglot);
    expect(bare).toMatchObject({ mediaType: `image/${format}`, width: 67, height: 41 });
    expect(Buffer.from(bare.bytes).includes('secret')).toBe(false);
    expect((await sharp(bare.bytes).metadata()).exif).toBeUndefined();
    expect(await pixels(bare.bytes)).toEqual(await pixels(file));
    expect((await files.bareImage(bare.bytes)).bytes).toEqual(bare.bytes);
  });

  test('that is cut off is refused, wherever it is cut', async () => {
    const { bytes } = await files.bareImage(await pictureOf(format, options));
    for (let tenth = 0; tenth < 10; tenth += 1)
      await expect(files.bareImage(bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)))).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['a GIF', 'GIF89a\u0001\u0000\u0001\u0000'],
  ['a page', '<!doctype html>'],
  ['nothing', ''],
  ['only a start', '\u0089PNG\r\n\u001a\n'],
])('%s is refused', async (_name, text) => {
  await expect(files.bareImage(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code: 'invalid_input', field: 'picture' });
});

test.each(['png', 'jpeg'] as const)('a recipe is written into a %s file and read back, whatever its signs, and no pixel changes', async (format) => {
  const { bytes } = await files.bareImage(await pictureOf(format));
  const recipe = JSON.stringify({ prompt: '<b>&"quotes" 夜の湖 🌊 \u0001\n</x:xmpmeta>', seed: '7' });
  const file = files.withRecipe(bytes, recipe);
  const xmp = (await sharp(file).metadata()).xmp?.toString('utf8') ?? '';
  const found = /<segue:recipe>([\s\S]*)<\/segue:recipe>/u.exec(xmp)?.[1] ?? '';
  const read = found.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  expect(JSON.parse(read)).toEqual(JSON.parse(recipe));
  expect(await pixels(file)).toEqual(await pixels(bytes));
  if (format === 'png') expect((await sharp(file).metadata()).comments).toContainEqual({ keyword: 'parameters', text: recipe });
  expect((await files.bareImage(file)).bytes).toEqual(bytes);
});
