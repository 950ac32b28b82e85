import { EXTENT, PATH_COMMANDS as C } from './display-list.ts';
import type { DisplayItem, Path } from './display-list.ts';
import type { Layout } from './print.ts';

/** The items mirrored left to right; text keeps its reading direction inside its mirrored box. */
export function mirrorItems(items: readonly DisplayItem[]): readonly DisplayItem[] {
  return items.map((item) => {
    if (item.kind === 'glyphs') return { ...item, box: { ...item.box, x: EXTENT - item.box.x - item.box.width } };
    if (item.kind === 'clip') return { ...item, path: mirrorPath(item.path), items: mirrorItems(item.items) };
    return { ...item, path: mirrorPath(item.path) };
  });
}

/** The room for type of a mirrored picture. */
export function mirrorLayout({ room, isType }: Layout): Layout {
  return { isType, room: room.map((one) => ({ ...one, x: 1 - one.x - one.width })) };
}

function mirrorPath(path: Path): Path {
  const mirrored = [...path];
  for (let i = 0; i < path.length;) {
    const command = path[i] ?? C.close;
    const points = command === C.curve ? 3 : command === C.close ? 0 : 1;
    for (let p = 0; p < points; p++) mirrored[i + 1 + 2 * p] = EXTENT - (path[i + 1 + 2 * p] ?? 0);
    i += 1 + 2 * points + (command === C.disc ? 1 : 0);
  }
  return mirrored;
}
