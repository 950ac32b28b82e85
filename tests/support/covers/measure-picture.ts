import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import type { DisplayItem, DisplayList } from '#shared/domain/covers/art/display-list.ts';
import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtPicture, ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';
import { findPalette } from '#shared/domain/covers/art/palettes.ts';
import { MIDDLE_MUSIC } from './sample-music.ts';

/** A picture of middle music in the palette bone, with some numbers changed. */
export function pictureOf(
  family: ArtFamily,
  composition: number,
  change: Partial<MusicFacts> & Partial<Pick<ArtRequest, 'seed' | 'size' | 'title' | 'isReversed'>> = {},
): ArtPicture {
  const { seed = '1', size = 640, title = 'Night Bus', isReversed = false, ...music } = change;
  return drawArt({ family, composition, palette: findPalette('bone')!, seed, size, title, isReversed, music: { ...MIDDLE_MUSIC, ...music } });
}

/** All items, also those inside clips. */
export function flatItems({ items }: DisplayList): readonly DisplayItem[] {
  return items.flatMap((item) => (item.kind === 'clip' ? [item, ...flatItems({ size: 0, items: item.items })] : [item]));
}

/** Shapes in all filled paths: closed outlines and discs. */
export function countShapes(list: DisplayList, color?: string): number {
  let count = 0;
  for (const item of flatItems(list)) {
    if (item.kind !== 'fill' || (color !== undefined && item.color !== color)) continue;
    const length = [3, 3, 7, 1, 4];
    for (let i = 0; i < item.path.length; i += length[item.path[i]!]!) if (item.path[i] === 3 || item.path[i] === 4) count += 1;
  }
  return count;
}
