import { VISIONS, colorDistance, contrastRatio } from '#shared/domain/color.ts';
import { ART_PALETTES, findPalette } from '#shared/domain/covers/art/palettes.ts';
import { describe, expect, test } from 'vitest';

test('there are twenty-four palettes, each with its own name and ground', () => {
  expect(ART_PALETTES).toHaveLength(24);
  expect(new Set(ART_PALETTES.map(({ id }) => id)).size).toBe(24);
  expect(new Set(ART_PALETTES.map(({ ground }) => ground)).size).toBe(24);
  expect(findPalette('bone')?.ink).toBe('#1d1b18');
  expect(findPalette('none')).toBeUndefined();
});

describe.each(ART_PALETTES)('the palette $id', ({ ground, ink, spots }) => {
  test('has text that reads: ink on ground is at least 7 to 1', () => {
    expect(contrastRatio(ground, ink)).toBeGreaterThanOrEqual(7);
  });

  test.each(VISIONS)('has spot colors that can be told apart, vision: %s', (vision) => {
    const [one, two, three] = spots;
    for (const [a, b] of [
      [one, two],
      [one, three],
      [two, three],
    ] as const)
      expect(colorDistance(a, b, vision), `${a} ${b}`).toBeGreaterThanOrEqual(0.12);
  });
});

test('simulated vision behaves as published: grey stays, red darkens for protanopes, red and green come closer for deuteranopes', () => {
  for (const vision of VISIONS) expect(colorDistance('#808080', '#808080', vision)).toBe(0);
  expect(colorDistance('#ff0000', '#000000', 'protanopia')).toBeLessThan(0.75 * colorDistance('#ff0000', '#000000'));
  expect(colorDistance('#d02020', '#5a8a20', 'deuteranopia')).toBeLessThan(0.5 * colorDistance('#d02020', '#5a8a20'));
  expect(colorDistance('#2040d0', '#d0c020', 'deuteranopia')).toBeGreaterThan(0.7 * colorDistance('#2040d0', '#d0c020'));
});

test('contrast follows WCAG: black on white is 21, the order does not matter', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastRatio('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
