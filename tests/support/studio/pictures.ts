import sharp from 'sharp';

/** A picture of four quarters, red upper left, so that a change anywhere shows. */
export async function quarteredPicture(width = 96, height = 64): Promise<Buffer> {
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { width: width / 2, height: height / 2, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: '#d02020' } })
    .composite([quarter('#20a040', width / 2, 0), quarter('#2040c0', 0, height / 2), quarter('#e0e0d0', width / 2, height / 2)])
    .png()
    .toBuffer();
}

/** A mask of the right half. */
export async function halfMask(width = 96, height = 64, color = '#ffffff'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#000000' } })
    .composite([{ input: { create: { width: width / 2, height, channels: 3, background: color } }, left: width / 2, top: 0 }])
    .png()
    .toBuffer();
}

/** A picture of one color. */
export async function flatPicture(width: number, height: number, background: string): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}
