import type { StoredPicture } from '#drizzle/schema/covers.ts';
import type { CoverChange, CoverRow } from '#server/repos/covers/covers.ts';

/** Earlier pictures that a person can go back to. */
const PICTURES_KEPT = 24;

/** The change that chooses a picture, with the earlier ones behind it. */
export function withPicture(now: CoverRow, picture: StoredPicture): CoverChange {
  const earlier = now.pictures.filter(({ assetId }) => assetId !== picture.assetId);
  return { pictures: [picture, ...earlier].slice(0, PICTURES_KEPT), pictureAssetId: picture.assetId };
}
