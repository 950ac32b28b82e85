import { createJsonMeter } from '#server/http/json-meter.ts';
import type { JsonLimits } from '#server/http/json-meter.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const LIMITS = { depthMax: 64, valuesMax: 100 };

/** Measures a text in chunks of `size` bytes. */
function measure(text: string, size = 7, limits: JsonLimits = LIMITS) {
  const meter = createJsonMeter(limits);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    const excess = meter.push(bytes.subarray(at, at + size));
    if (excess) return { ...excess, at };
  }
  return undefined;
}

/** Depth and number of values, counted on the parsed value. */
function shapeOf(value: unknown): { depth: number; values: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, values: 1 };
  const parts = Object.values(value).map(shapeOf);
  return { depth: 1 + Math.max(0, ...parts.map((part) => part.depth)), values: 1 + parts.reduce((sum, part) => sum + part.values, 0) };
}

test('what the bytes say about depth and number is what the parsed value has, however the text is cut', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 1, max: 9 }), (value, size) => {
      const { depth, values } = shapeOf(value);
      const text = JSON.stringify(value);
      expect(measure(text, size, { depthMax: depth, valuesMax: values + 1_000 })).toBeUndefined();
      if (depth > 0) expect(measure(text, size, { depthMax: depth - 1, valuesMax: values + 1_000 })?.limit).toBe('depth');
      // An empty list or object counts as one value more.
      expect(measure(text, size, { depthMax: depth, valuesMax: Math.floor(values / 3) })?.limit).toBe('values');
    }),
  );
});

test('measuring stops where the limit is exceeded, not at the end', () => {
  expect(measure('['.repeat(1_000_000))).toMatchObject({ limit: 'depth', at: 63 });
  expect(measure(`[${'[],'.repeat(1_000_000)}`)?.at).toBeLessThan(400);
});

test.for([
  ['{"pool":{"all":[[[[[[[[[[', ['pool', 'all'], 'lists under two keys'],
  ['{"a":"text","b":[1,[[[[[[[[[[', ['b', '1'], 'a list after a text'],
  [`{"${'k'.repeat(60)}":{"x":[[[[[[[[`, ['k'.repeat(40), 'x'], 'a long key'],
  ['{"a\\"{[[[[[[[[[b":[[[[[[[[[', ['a\\"{[[[[[[[[[b', '0'], 'brackets inside a key'],
] as const)('the part that is too deep is named: %s', ([text, path]) => {
  expect(measure(text, 3, { depthMax: 6, valuesMax: 100 })).toMatchObject({ limit: 'depth', path });
});

test('brackets and commas inside texts do not count', () => {
  expect(measure(JSON.stringify({ a: '[{'.repeat(200), b: ',,,,'.repeat(200), c: '"\\"[' }))).toBeUndefined();
});

test('the numbers of a batch’s calls are not part of the name', () => {
  expect(measure('{"3":{"pool":{"all":[[[[[', 3, { ...LIMITS, depthMax: 6, levelsUnnamed: 1 })?.path).toEqual(['pool', 'all']);
});
