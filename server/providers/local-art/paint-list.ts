import { EXTENT, PATH_COMMANDS } from '#shared/domain/covers/art/display-list.ts';
import type { DisplayItem, DisplayList, Path } from '#shared/domain/covers/art/display-list.ts';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { paintGlyphs } from './paint-glyphs.ts';
import type { TextTools } from './paint-glyphs.ts';
import type { ArtFaces } from './faces.ts';

const BLENDS = { normal: 'source-over', multiply: 'multiply', screen: 'screen' } as const;

/** Paints a display list on a canvas of its size. */
export function paintList(context: SKRSContext2D, list: DisplayList, faces: ArtFaces): void {
  context.save();
  context.scale(list.size / EXTENT, list.size / EXTENT);
  context.lineCap = 'butt';
  context.lineJoin = 'miter';
  const paint = { context, tools: { faces, measured: new Map() } };
  for (const item of list.items) paintItem(paint, item);
  context.restore();
}

interface Paint {
  readonly context: SKRSContext2D;
  readonly tools: TextTools;
}

function paintItem(paint: Paint, item: DisplayItem): void {
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
    paintGlyphs(context, item, tools);
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
function tracePath(context: SKRSContext2D, path: Path): void {
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
