import sharp from 'sharp';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { textHash } from './text-hash.ts';

interface PictureOrder {
  readonly prompt: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** As vendors return refused pictures: blurred past recognition, or black. */
  readonly hidden?: 'blurred' | 'black' | undefined;
}

/** Every picture is drawn from few shapes, so that one of 4096 pixels takes a second and not ten. */
const SHAPES = 14;

/** A picture that a sandbox model returns: another one for each prompt and seed, and the same one for the same. */
export async function drawSandboxPicture({ prompt, seed, width, height, format, hidden }: PictureOrder): Promise<Buffer> {
  if (hidden === 'black')
    return sharp({ create: { width, height, channels: 3, background: '#000000' } })
      .toFormat(format)
      .toBuffer();
  const random = seededRandom(textHash(`${seed}:${prompt}`));
  const picture = sharp(Buffer.from(drawing(random, width, height)));
  return (hidden === 'blurred' ? picture.blur(40) : picture).flatten().toFormat(format).toBuffer();
}

function drawing(random: SeededRandom, width: number, height: number): string {
  const hue = random.below(360);
  const color = (turn: number, light: number) => `hsl(${(hue + turn) % 360}, ${35 + random.below(45)}%, ${light}%)`;
  const shapes = Array.from({ length: SHAPES }, () =>
    shape(random, { width, height, fill: color(random.pick([0, 25, 180, 210]), 25 + random.below(60)) }),
  );
  const ground = `<defs><linearGradient id="g" x1="0" y1="0" x2="${random.next().toFixed(2)}" y2="1"><stop offset="0" stop-color="${color(0, 18)}"/><stop offset="1" stop-color="${color(40, 70)}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}${shapes.join('')}</svg>`;
}

function shape(random: SeededRandom, { width, height, fill }: { width: number; height: number; fill: string }): string {
  const [x, y, size] = [random.below(width), random.below(height), Math.round(Math.min(width, height) * (0.06 + random.next() * 0.3))];
  const look = `fill="${fill}" opacity="${(0.45 + random.next() * 0.5).toFixed(2)}"`;
  if (random.chance(0.4)) return `<circle cx="${x}" cy="${y}" r="${size}" ${look}/>`;
  if (random.chance(0.5))
    return `<rect x="${x}" y="${y}" width="${size}" height="${Math.round(size / 3)}" transform="rotate(${random.below(180)} ${x} ${y})" ${look}/>`;
  return `<path d="M${x} ${y} l${size} ${Math.round(size / 2)} l${-Math.round(size / 3)} ${size} Z" ${look}/>`;
}
