import { seriesNumeral, seriesType } from '#shared/domain/covers/type/series-type.ts';
import { expect, test } from 'vitest';

test('a series has one template; the next one differs, and all templates occur', () => {
  const templates = Array.from({ length: 54 }, (_, seed) => seriesType(seed));
  expect(seriesType(7)).toEqual(seriesType(7));
  expect(new Set(templates.map((template) => JSON.stringify(template))).size).toBe(54);
  for (const [index, { layout }] of templates.slice(1).entries()) expect(layout).not.toBe(templates[index]?.layout);
});

test('a member carries its number in the form of its series', () => {
  const series = seriesType(0);
  expect((['none', 'plain', 'padded'] as const).map((numeral) => seriesNumeral({ ...series, numeral }, 7))).toEqual([undefined, '7', '007']);
});
