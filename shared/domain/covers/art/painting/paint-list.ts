import { EXTENT, PATH_COMMANDS } from '../display-list.ts';
import type { DisplayItem, DisplayList, Path } from '../display-list.ts';
import type { ArtContext, ArtTypeface } from './art-context.ts';
import { paintGlyphs } from './paint-glyphs.ts';
import type { TextTools } from './paint-glyphs.ts';

const BLENDS = { normal: 'source-over', multiply: 'multiply', screen: 'screen' } as const;

/** Paints a display list on a canvas of its size: the same on the server and in a browser, apart from how each sets type. */
export function paintList<C extends ArtContext>(context: C, list: DisplayList, typeface: ArtTypeface<C>): void {
  context.save();
  context.scale(list.size / EXTENT, list.size / EXTENT);
  context.lineCap = 'butt';
  context.lineJoin = 'miter';
  const paint = { context, tools: { context, typeface, measured: new Map() } };
  for (const item of list.items) paintItem(paint, item);
  context.restore();
}

interface Paint<C extends ArtContext> {
  readonly context: C;
  readonly tools: TextTools<C>;
}

function paintItem<C extends ArtContext>(paint: Paint<C>, item: DisplayItem): void {
  const { context, tools } = paint;
  if (item.kind === 'clip') {
    context.save();
    tracePath(context, item.path);
    context.clip();
    for (const inner of item.items) paintItem(paint, inner);
    context.restore();
    return;
  }
  context.globalCompositeOperation = BLENDS[item.blend];
  if (item.kind === 'glyphs') {
    paintGlyphs(item, tools);
    return;
  }
  tracePath(context, item.path);
  if (item.kind === 'fill') {
    context.fillStyle = item.color;
    context.fill();
    return;
  }
  context.strokeStyle = item.color;
  context.lineWidth = item.width;
  context.stroke();
}

/** Makes a path the canvas's current one. */
function tracePath(context: ArtContext, path: Path): void {
  context.beginPath();
  const at = (index: number) => path[index] ?? 0;
  for (let i = 0; i < path.length;) {
    switch (path[i] ?? PATH_COMMANDS.close) {
      case PATH_COMMANDS.move:
        context.moveTo(at(i + 1), at(i + 2));
        i += 3;
        break;
      case PATH_COMMANDS.line:
        context.lineTo(at(i + 1), at(i + 2));
        i += 3;
        break;
      case PATH_COMMANDS.curve:
        context.bezierCurveTo(at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5), at(i + 6));
        i += 7;
        break;
      case PATH_COMMANDS.disc:
        context.moveTo(at(i + 1) + at(i + 3), at(i + 2));
        context.arc(at(i + 1), at(i + 2), at(i + 3), 0, 2 * Math.PI);
        context.closePath();
        i += 4;
        break;
      default:
        context.closePath();
        i += 1;
    }
  }
}
