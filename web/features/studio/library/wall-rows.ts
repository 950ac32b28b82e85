import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import { dayName } from '#web/lib/dates.ts';

export const WALL_GAP_PX = 12;
/** Narrower and wider pictures are cropped to these shapes in the wall. */
const RATIO_MIN = 0.5;
const RATIO_MAX = 2.6;

/** A row of the wall: a day, or tiles of one height. */
export type WallRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: string; readonly height: number }
  | { readonly kind: 'tiles'; readonly key: string; readonly tiles: readonly PlacedTile[]; readonly height: number };

export interface PlacedTile {
  readonly tile: AssetTile;
  /** Its place in the library, from 0. */
  readonly at: number;
  readonly width: number;
}

const DAY_PX = 46;

/** A picture's shape in the wall; a file of unknown size is square. */
export function ratioOf({ width, height }: Pick<AssetTile, 'width' | 'height'>): number {
  if (!width || !height) return 1;
  return Math.min(RATIO_MAX, Math.max(RATIO_MIN, width / height));
}

/** Rows of true proportions and one height each, filled to the width, under the day that they were made. The last row of a day keeps the usual height. */
export function wallRows(
  tiles: readonly AssetTile[],
  { width, rowHeight }: { readonly width: number; readonly rowHeight: number },
): readonly WallRow[] {
  const rows: WallRow[] = [];
  let open: { readonly tile: AssetTile; readonly at: number }[] = [];
  let ratios = 0;
  const close = (isFull: boolean): void => {
    if (open.length === 0) return;
    const space = width - WALL_GAP_PX * (open.length - 1);
    const height = isFull ? space / ratios : Math.min(rowHeight, space / ratios);
    const placed = open.map((one) => ({ ...one, width: height * ratioOf(one.tile) }));
    rows.push({ kind: 'tiles', key: open[0]?.tile.id ?? '', tiles: placed, height: Math.round(height) + WALL_GAP_PX });
    open = [];
    ratios = 0;
  };
  let day: string | undefined;
  for (const [at, tile] of tiles.entries()) {
    const made = tile.createdAt.slice(0, 10);
    if (made !== day) {
      close(false);
      day = made;
      rows.push({ kind: 'day', key: made, day: made, height: DAY_PX });
    }
    open.push({ tile, at });
    ratios += ratioOf(tile);
    if (ratios * rowHeight + WALL_GAP_PX * (open.length - 1) >= width) close(true);
  }
  close(false);
  return rows;
}

/** What a screen reader hears of a tile, and what stands for a picture that does not load. */
export function describeTile({ prompt, mediaType, origin, createdAt }: Pick<AssetTile, 'prompt' | 'mediaType' | 'origin' | 'createdAt'>): string {
  const what = mediaType.startsWith('video/') ? 'Video' : 'Picture';
  if (prompt) return what === 'Video' ? `Video: ${prompt}` : prompt;
  const how = { upload: 'uploaded', edit: 'edited', cover: 'made for a cover', render: 'rendered', mask: 'marked' }[origin];
  return `${what} ${how} on ${dayName(createdAt)}`;
}
