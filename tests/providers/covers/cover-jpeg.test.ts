import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { channelSsim } from '#server/providers/cover-jpeg/channel-ssim.ts';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { PICTURE_KINDS, samplePicture, seededNumbers } from '../../support/covers/sample-pictures.ts';

const BYTES_MAX = 187_500;
const files = createCoverJpeg();
const small = async (format: 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff') => {
  const { width, height, data } = samplePicture(2, 120);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Artist: 'secret-artist' } })
    .toFormat(format)
    .toBuffer();
};

describe('a JPEG within a limit', () => {
  test.each(PICTURE_KINDS.map((kind, number) => [kind, number] as const))(
    'a %s picture fits in six encodes; color is halved only under gray grain',
    async (kind, number) => {
      const picture = samplePicture(number);
      const jpeg = await files.fitJpeg(picture, { bytesMax: BYTES_MAX });
      expect(jpeg.bytes.length).toBeLessThanOrEqual(BYTES_MAX);
      expect(jpeg.encodes).toBeLessThanOrEqual(6);
      const { chromaSubsampling, width } = await sharp(jpeg.bytes).metadata();
      expect([chromaSubsampling, width]).toEqual([kind === 'photo' ? '4:2:0' : '4:4:4', 640]);
      // In full color the grain of the photo comes to 0.979 at best, in every table.
      expect(channelSsim(picture, await files.decodeSquare(jpeg.bytes, 640))).toBeGreaterThan(kind === 'photo' ? 0.981 : 0.93);
    },
  );

  test('white noise, the worst there is, fits', async () => {
    const random = seededNumbers(5);
    const picture = { width: 640, height: 640, data: Uint8Array.from({ length: 3 * 640 * 640 }, () => random() * 256) };
    const jpeg = await files.fitJpeg(picture, { bytesMax: BYTES_MAX });
    expect(jpeg.bytes.length).toBeLessThanOrEqual(BYTES_MAX);
    expect(jpeg.encodes).toBeLessThanOrEqual(6);
  });

  test('a limit that no quality meets is an error that names the picture', async () => {
    await expect(files.fitJpeg(samplePicture(0), { bytesMax: 900 })).rejects.toMatchObject({ code: 'invalid_input', field: 'picture' });
  });
});

describe('pictures from outside', () => {
  test('accepted types are written again without metadata and without what was appended', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const file = Buffer.concat([await small(format), Buffer.from('<script>secret-tail</script>')]);
      const probed = await files.probeImage(file);
      expect(Buffer.from(probed.bytes).includes('secret')).toBe(false);
      expect(probed).toMatchObject({ width: 120, height: 120, frames: 1 });
    }
  });

  test('other types are refused by content', async () => {
    const others = [
      await small('gif'),
      await small('tiff'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('MZ'),
      Buffer.alloc(0),
    ];
    for (const file of others) await expect(files.probeImage(file)).rejects.toMatchObject({ code: 'invalid_input', field: 'picture' });
  });

  test('cut files are refused at any length', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const file = await small(format);
      for (const share of [0.2, 0.5, 0.9]) {
        await expect(files.probeImage(file.subarray(0, Math.floor(file.length * share)))).rejects.toMatchObject({ code: 'invalid_input' });
      }
    }
  });

  test('too many bytes or pixels are refused before they are decoded', async () => {
    await expect(files.probeImage(Buffer.alloc(10_000_001))).rejects.toMatchObject({ code: 'too_large' });
    const bomb = await sharp({ create: { width: 6000, height: 5000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    await expect(files.probeImage(bomb)).rejects.toMatchObject({ code: 'too_large' });
  });

  test('previews have their sides, and the hash is about 25 bytes', async () => {
    const previews = await files.previewsOf(await files.encodePng(samplePicture(2)));
    for (const side of [64, 300, 640] as const)
      expect(await sharp(previews.webp[side]).metadata()).toMatchObject({ format: 'webp', width: side, height: side });
    expect(Buffer.from(previews.thumbhash, 'base64').length).toBeLessThanOrEqual(32);
  });
});
