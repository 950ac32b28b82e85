import { lineWidth } from '#web/ui/sleeve/archivo-widths.ts';
import { contrast } from '#web/ui/sleeve/contrast.ts';
import { drawSleeve } from '#web/ui/sleeve/draw-sleeve.ts';
import { PALETTES, choosePalette } from '#web/ui/sleeve/palettes.ts';
import { breakTitle, setLines } from '#web/ui/sleeve/set-lines.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const UNKNOWN = { energy: null, valence: null, tempo: null, acousticness: null, year: null };
const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const sound = fc.record({
  energy: share,
  valence: share,
  acousticness: share,
  tempo: fc.option(fc.integer({ min: 40, max: 220 })),
  year: fc.option(fc.integer({ min: 1900, max: 2030 })),
});
const subject = fc.record({ index: fc.integer({ min: 1, max: 999 }), themeTag: fc.string({ minLength: 1, maxLength: 60 }), sound });
const named = (index: number) => drawSleeve({ index, themeTag: 'Night Ferry', sound: UNKNOWN });

test('there are sixteen palettes, and on each ground its ink has a contrast of 4.5 or better', () => {
  expect(PALETTES).toHaveLength(16);
  for (const palette of PALETTES) expect(contrast(palette.ground, palette.ink), palette.name).toBeGreaterThanOrEqual(4.5);
});

test('the same playlist always has the same sleeve', () => {
  fc.assert(
    fc.property(subject, (one) => {
      expect(drawSleeve(one)).toEqual(drawSleeve(structuredClone(one)));
    }),
  );
});

test('every line of every sleeve is inside the square and has a contrast of 4.5 or better on its background', () => {
  fc.assert(
    fc.property(subject, (one) => {
      const sleeve = drawSleeve(one);
      for (const line of sleeve.lines) {
        const box = line.rotation
          ? { left: line.x - line.cap, right: line.x, top: line.y - line.length, bottom: line.y }
          : { left: line.x, right: line.x + line.length, top: line.y - line.cap, bottom: line.y };
        expect(Math.min(box.left, box.top)).toBeGreaterThanOrEqual(-0.01);
        expect(Math.max(box.right, box.bottom)).toBeLessThanOrEqual(600.01);
        const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
        const behind = sleeve.blocks.findLast(
          (block) => middle.x >= block.x && middle.x <= block.x + block.width && middle.y >= block.y && middle.y <= block.y + block.height,
        );
        expect(contrast(behind?.fill ?? sleeve.ground, line.fill)).toBeGreaterThanOrEqual(4.5);
      }
    }),
  );
});

/** The layout, whatever its colors. */
function shape(index: number): string {
  const { lines, blocks } = named(index);
  return JSON.stringify([lines.map((line) => [line.x, line.y, line.rotation]), blocks.map((block) => [block.x, block.y, block.width])]);
}

const weightAt = (energy: number | null) => drawSleeve({ index: 7, themeTag: 'Blue Hour', sound: { ...UNKNOWN, energy } }).lines[0]!.weight;

test('playlists that can be neighbors on a page of two, four or six columns share neither ground nor layout', () => {
  for (let index = 1; index < 200; index++) {
    for (const distance of [1, 2, 4, 6]) {
      expect(choosePalette(index, UNKNOWN).kind).not.toBe(choosePalette(index + distance, UNKNOWN).kind);
      expect(shape(index), `${index} and ${index + distance}`).not.toBe(shape(index + distance));
    }
  }
});

test('energy sets the weight, and an unknown number is the middle, not zero', () => {
  expect(weightAt(0)).toBe(380);
  expect(weightAt(1)).toBe(900);
  expect(weightAt(null)).toBeGreaterThan(weightAt(0.3));
  expect(weightAt(null)).toBeLessThan(weightAt(0.8));
});

test('a line fills its measure by the width axis: its stated size and stretch match what the font makes of them', () => {
  const { lines, height } = setLines(
    [
      { text: 'LOUD', weight: 900 },
      { text: 'KITCHEN', weight: 900 },
    ],
    { x: 36, y: 36, width: 528, height: 400, gap: 14 },
  );
  for (const line of lines) expect(line.size * lineWidth(line.text, line.weight, line.stretch)).toBeCloseTo(528, 0);
  expect(height).toBeLessThanOrEqual(400.01);
});

test('a title breaks at its words, joins short ones, and never has more lines than allowed', () => {
  expect(breakTitle('First Light on Tin Roofs', 5)).toEqual(['FIRST', 'LIGHT ON', 'TIN', 'ROOFS']);
  expect(breakTitle('First Light on Tin Roofs', 2)).toHaveLength(2);
  expect(breakTitle('   ', 3)).toEqual(['—']);
});
