import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';

/** Pictures of the kinds that covers are made on, the same for the same number: photo-like noise, gradients, flat shapes, dots, stripes. */
export const PICTURE_KINDS = ['photo', 'gradient', 'flat', 'dots', 'stripes'] as const;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Paint = (x: number, y: number) => readonly [number, number, number];

/** The picture with this number, of 640 pixels a side unless told otherwise; its kind follows from the number. */
export function samplePicture(number: number, side = 640): RgbPicture {
  const random = seededNumbers(number * 7919 + 13);
  const kind = PICTURE_KINDS[number % PICTURE_KINDS.length] ?? 'flat';
  const paint = PAINTERS[kind](random);
  const data = new Uint8Array(3 * side * side);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1)
      data.set(
        paint(x / side, y / side).map((value) => Math.max(0, Math.min(255, Math.round(value)))),
        3 * (y * side + x),
      );
  }
  return { width: side, height: side, data };
}

const color = (random: () => number): readonly [number, number, number] => [random() * 255, random() * 255, random() * 255];
const mix = (one: readonly number[], other: readonly number[], share: number): [number, number, number] =>
  [0, 1, 2].map((at) => (one[at] ?? 0) * (1 - share) + (other[at] ?? 0) * share) as [number, number, number];

const PAINTERS: Readonly<Record<(typeof PICTURE_KINDS)[number], (random: () => number) => Paint>> = {
  photo: (random) => {
    const [dark, light, grain] = [color(random), color(random), 6 + random() * 34];
    const waves = Array.from({ length: 12 }, (_, octave) => ({
      fx: (random() - 0.5) * 2 ** (octave * 0.6 + 1),
      fy: (random() - 0.5) * 2 ** (octave * 0.6 + 1),
      phase: random() * 7,
    }));
    return (x, y) => {
      const sum = waves.reduce((total, { fx, fy, phase }, octave) => total + Math.sin(6.3 * (fx * x + fy * y) + phase) / (1 + octave * 0.4), 0);
      const noise = (random() + random() - 1) * grain;
      return mix(dark, light, 1 / (1 + Math.exp(-sum))).map((value) => value + noise) as [number, number, number];
    };
  },
  gradient: (random) => {
    const [from, to, turn] = [color(random), color(random), random() * 6.3];
    return (x, y) => mix(from, to, Math.min(1, Math.max(0, 0.5 + (x - 0.5) * Math.cos(turn) + (y - 0.5) * Math.sin(turn))));
  },
  flat: (random) => {
    const ground = color(random);
    const discs = Array.from({ length: 5 }, () => ({ x: random(), y: random(), r: 0.08 + random() * 0.25, ink: color(random) }));
    return (x, y) => discs.findLast((disc) => Math.hypot(x - disc.x, y - disc.y) < disc.r)?.ink ?? ground;
  },
  dots: (random) => {
    const [ground, ink, pitch, turn] = [color(random), color(random), 0.008 + random() * 0.02, random()];
    return (x, y) => {
      const [u, v] = [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
      const distance = Math.hypot(((((u / pitch) % 1) + 1) % 1) - 0.5, ((((v / pitch) % 1) + 1) % 1) - 0.5);
      return distance < 0.15 + 0.4 * x * (1 - y) ? ink : ground;
    };
  },
  stripes: (random) => {
    const [one, other, pitch] = [color(random), color(random), 0.01 + random() * 0.06];
    return (x, y) => (((y + 0.03 * Math.sin(9 * x)) / pitch) % 1 < 0.3 + 0.4 * y ? one : other);
  },
};
