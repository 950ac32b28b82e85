import sharp from 'sharp';

/** The 64-bit difference hash of a picture: whether each of 8 × 8 averaged cells is darker than its right neighbor (Neal Krawetz, "Kind of Like That", 2013). */
export async function differenceHash(picture: Uint8Array): Promise<readonly boolean[]> {
  const { data } = await sharp(picture).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
  return Array.from({ length: 64 }, (_, i) => {
    const at = Math.floor(i / 8) * 9 + (i % 8);
    return (data[at] ?? 0) < (data[at + 1] ?? 0);
  });
}

/** Bits by which two hashes differ. */
export function bitsApart(one: readonly boolean[], other: readonly boolean[]): number {
  return one.filter((bit, i) => bit !== other[i]).length;
}
