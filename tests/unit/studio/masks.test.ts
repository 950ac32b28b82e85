import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { maskOperations } from '#shared/contracts/studio/masks.ts';
import { describeMask } from '#shared/domain/studio/masks/describe-mask.ts';
import { addOperation, EMPTY_MASK, MASK_OPERATIONS_MAX, redoOperation, undoOperation } from '#shared/domain/studio/masks/mask-history.ts';
import type { MaskBitmap, MaskOperation } from '#shared/domain/studio/masks/mask-operation.ts';
import { applyOperation, emptyBitmap, rasterizeMask } from '#shared/domain/studio/masks/rasterize-mask.ts';
import { COLOR_TOLERANCE, colorAt, fieldColors, fieldSize, selectColor } from '#shared/domain/studio/masks/select-color.ts';
import { softenMask } from '#shared/domain/studio/masks/soften-mask.ts';

/** Rows of a mask as text: `#` is marked. */
const drawn = ({ width, height, alpha }: MaskBitmap) =>
  Array.from({ length: height }, (_, y) => Array.from(alpha.subarray(y * width, (y + 1) * width), (value) => (value > 127 ? '#' : '.')).join(''));
const rectangle = (from: [number, number], to: [number, number], erases = false): MaskOperation => ({ kind: 'rectangle', from, to, erases });
const says = (operations: readonly MaskOperation[], size = { width: 90, height: 60 }) => describeMask(rasterizeMask(operations, size)).says;

/** A picture of two colors, the first on the left half. */
const halves = (left: string, right: string) => {
  const bytes = [left, right].map((hex) => [...Buffer.from(hex, 'hex'), 255]);
  const pixels = new Uint8Array(40 * 20 * 4);
  for (let at = 0; at < 800; at += 1) pixels.set(bytes[at % 40 < 20 ? 0 : 1]!, at * 4);
  return { columns: 40, rows: 20, pixels };
};
const shareLike = (field: ReturnType<typeof halves>, tolerance: number = COLOR_TOLERANCE.usual) => {
  const size = { width: 40, height: 20 };
  return describeMask(rasterizeMask([selectColor(field, colorAt(field, [2, 2], size), { tolerance })], size)).share;
};

describe('a mask', () => {
  test.each<[string, MaskOperation[], string[]]>([
    ['a rectangle from any corner', [rectangle([5, 4], [1, 1])], ['........', '.####...', '.####...', '.####...', '........']],
    [
      'a part of it erased',
      [rectangle([1, 1], [5, 4]), rectangle([2, 2], [4, 3], true)],
      ['........', '.####...', '.#..#...', '.####...', '........'],
    ],
    ['an ellipse', [{ kind: 'ellipse', erases: false, from: [0, 0], to: [8, 5] }], ['..####..', '########', '########', '########', '..####..']],
    [
      'a dot of the brush',
      [{ kind: 'stroke', erases: false, size: 3, points: [[3.5, 2.5]] }],
      ['........', '..###...', '..###...', '..###...', '........'],
    ],
    [
      'a stroke',
      [
        {
          kind: 'stroke',
          erases: false,
          size: 2,
          points: [
            [1, 1],
            [6, 1],
          ],
        },
      ],
      ['#######.', '#######.', '........', '........', '........'],
    ],
    [
      'a lasso',
      [
        {
          kind: 'lasso',
          erases: false,
          points: [
            [0, 0],
            [8, 0],
            [0, 5],
          ],
        },
      ],
      ['#######.', '######..', '####....', '##......', '#.......'],
    ],
    [
      'a lasso that goes around twice',
      [
        {
          kind: 'lasso',
          erases: false,
          points: [
            [1, 1],
            [5, 1],
            [5, 4],
            [1, 4],
            [1, 1],
            [5, 1],
            [5, 4],
            [1, 4],
          ],
        },
      ],
      ['........', '.####...', '.####...', '.####...', '........'],
    ],
    ['what is left of the whole', [rectangle([1, 1], [7, 4]), { kind: 'invert' }], ['########', '#......#', '#......#', '#......#', '########']],
    ['nothing after clearing', [rectangle([1, 1], [7, 4]), { kind: 'clear' }], ['........', '........', '........', '........', '........']],
  ])('marks %s', (_name, operations, rows) => {
    expect(drawn(rasterizeMask(operations, { width: 8, height: 5 }))).toEqual(rows);
  });

  test('fills an area that marks close, and nothing when it is open, marked already or outside', () => {
    const ring = [rectangle([1, 1], [6, 5]), rectangle([2, 2], [5, 4], true)];
    const size = { width: 8, height: 6 };
    expect(drawn(rasterizeMask([...ring, { kind: 'fill', at: [3, 3] }], size))[2]).toBe('.#####..');
    const bitmap = rasterizeMask(ring, size);
    for (const at of [
      [0, 0],
      [1, 1],
      [-4, 2],
      [3, 99],
    ] as [number, number][])
      expect(applyOperation(bitmap, { kind: 'fill', at }, size)).toBe(false);
    expect(drawn(bitmap)).toEqual(drawn(rasterizeMask(ring, size)));
  });

  test('of the same operations has the same bytes, and the same shape at the size of a screen', () => {
    const operations: MaskOperation[] = [
      {
        kind: 'stroke',
        erases: false,
        size: 91.5,
        points: [
          [120, 640, 0.4],
          [300.5, 655],
          [512, 600, 1],
          [-40, 20],
        ],
      },
      { kind: 'ellipse', erases: true, from: [200, 560], to: [330, 700] },
      {
        kind: 'lasso',
        erases: false,
        points: [
          [700, 90],
          [900, 220],
          [640, 350],
        ],
      },
    ];
    const size = { width: 1024, height: 768 };
    const whole = rasterizeMask(operations, size);
    expect(createHash('sha256').update(rasterizeMask(operations, size).alpha).digest('hex')).toBe(
      createHash('sha256').update(whole.alpha).digest('hex'),
    );
    const small = rasterizeMask(operations, size, { width: 256, height: 192 });
    expect(describeMask(small).share).toBeCloseTo(describeMask(whole).share, 2);
    expect(describeMask(small).says).toBe(describeMask(whole).says);
  });

  test('is undone and redone by operation; a new one ends redoing, and more than the most are not taken', () => {
    const [one, other] = [rectangle([0, 0], [1, 1]), rectangle([2, 2], [3, 3])];
    const both = addOperation(addOperation(EMPTY_MASK, one), other);
    const undone = undoOperation(both);
    expect([undone.done, undone.undone]).toEqual([[one], [other]]);
    expect(redoOperation(undone)).toEqual(both);
    expect(redoOperation(addOperation(undone, one)).done).toEqual([one, one]);
    expect(undoOperation(EMPTY_MASK)).toEqual(EMPTY_MASK);
    const full = { done: Array.from({ length: MASK_OPERATIONS_MAX }, () => one), undone: [] };
    expect(addOperation(full, other)).toBe(full);
  });

  test.each<[string, MaskOperation[]]>([
    ['Nothing marked yet.', []],
    ['Nothing marked yet.', [rectangle([-20, -20], [-4, -4])]],
    ['Everything is marked.', [{ kind: 'invert' }]],
    ['11% marked, upper left.', [rectangle([0, 0], [30, 20])]],
    ['11% marked, center.', [rectangle([30, 20], [60, 40])]],
    ['Less than 1% marked, lower right.', [rectangle([86, 56], [90, 60])]],
    ['22% marked, upper left and lower right.', [rectangle([0, 0], [30, 20]), rectangle([60, 40], [90, 60])]],
    ['14% marked, in 3 parts.', [rectangle([0, 0], [25, 10]), rectangle([60, 0], [85, 10]), rectangle([0, 50], [25, 60])]],
    ['89% marked, nearly everything.', [rectangle([0, 0], [30, 20]), { kind: 'invert' }]],
    ['99% marked, nearly everything.', [rectangle([0, 0], [1, 1]), { kind: 'invert' }]],
  ])('says “%s”', (sentence, operations) => {
    expect(says(operations)).toBe(sentence);
  });

  test('is grown and gets a soft edge, and what was marked stays marked whole', () => {
    const bitmap = rasterizeMask([rectangle([10, 10], [20, 20])], { width: 40, height: 40 });
    const grown = softenMask(bitmap, { growPx: 3, softPx: 0 });
    expect(drawn(grown)).toEqual(drawn(rasterizeMask([rectangle([7, 7], [23, 23])], { width: 40, height: 40 })));
    const soft = softenMask(bitmap, { growPx: 3, softPx: 8 });
    const row = [...soft.alpha.subarray(15 * 40, 16 * 40)];
    expect(row.slice(10, 20)).toEqual(Array.from({ length: 10 }, () => 255));
    expect(row.slice(3, 11)).toEqual(row.slice(3, 11).toSorted((a, b) => a - b));
    expect(row.some((value) => value > 0 && value < 255)).toBe(true);
    expect(softenMask(emptyBitmap({ width: 9, height: 9 }), { growPx: 6, softPx: 8 }).alpha.every((value) => value === 0)).toBe(true);
  });

  test('selects everything of one color, wherever it is, and offers the colors that cover most', () => {
    const size = { width: 640, height: 320 };
    const { columns, rows } = fieldSize(size);
    expect([columns, rows]).toEqual([256, 128]);
    const pixels = new Uint8Array(columns * rows * 4);
    for (let at = 0; at < columns * rows; at += 1) pixels.set(at % columns < columns / 4 ? [200, 20, 20, 255] : [20, 20, 200, 255], at * 4);
    const field = { columns, rows, pixels };
    const selected = rasterizeMask([selectColor(field, colorAt(field, [10, 300], size))], size);
    expect(describeMask(selected)).toMatchObject({ share: 0.25, says: '25% marked, middle left.' });
    expect(fieldColors(field, 4).map(({ share }) => share)).toEqual([0.75, 0.25]);
    const left = rasterizeMask([{ kind: 'invert' }, selectColor(field, colorAt(field, [600, 5], size), { erases: true })], size);
    expect(describeMask(left).share).toBe(0.25);
  });

  test.each([
    ['a red and its shade', 'd8402b', 'b8341f', 1],
    ['two grays of a wall', '808080', '959595', 1],
    ['the noise of a JPEG', '808080', '878280', 1],
    ['the noise of a dark JPEG', '14161a', '1c1a20', 1],
    ['skin in two lights', 'd8a888', 'd8b890', 1],
    ['red and orange', 'd8402b', 'e06030', 0.5],
    ['red and crimson', 'd8402b', 'c82848', 0.5],
    ['navy and black', '1c2440', '1c2026', 0.5],
    ['dark green and dark blue', '14301e', '14203a', 0.5],
    ['dark brown and dark green', '2c2018', '1c2a18', 0.5],
    ['white and cream', 'ffffff', 'f6ecd2', 0.5],
    ['grass and leaf', '5a8a3a', '4a7a4a', 0.5],
    ['teal and blue', '3c8f76', '3c7a9c', 0.5],
  ])('selected by color takes %s as a person sees them, as one or apart', (_name, one, other, share) => {
    const field = halves(one, other);
    expect(shareLike(field)).toBe(share);
    expect(fieldColors(field, 4)).toHaveLength(share === 1 ? 1 : 2);
  });

  test('offers a sky with a gradient before a field of one color that is smaller', () => {
    const pixels = new Uint8Array(40 * 20 * 4);
    for (let at = 0; at < 800; at += 1) {
      const row = Math.floor(at / 40);
      pixels.set(row < 12 ? [86 + row * 2, 128 + row * 2, 190 + row * 2, 255] : [74, 131, 63, 255], at * 4);
    }
    expect(fieldColors({ columns: 40, rows: 20, pixels }, 4).map(({ share }) => share)).toEqual([0.6, 0.4]);
  });

  test('selects more by color with more tolerance, and offers the same colors', () => {
    const field = halves('d8402b', 'e06030');
    expect([1, 25, 35, 100].map((tolerance) => shareLike(field, tolerance))).toEqual([0.5, 0.5, 1, 1]);
    expect(fieldColors(field, 4, 100).map(({ share }) => share)).toEqual([1, 1]);
    expect(fieldColors(field, 4, 1).map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test.each([
    [
      'a stroke',
      {
        kind: 'stroke',
        erases: true,
        size: 40,
        points: [
          [20, 20],
          [120.5, 60, 0.5],
        ],
      },
      true,
    ],
    ['a fill', { kind: 'fill', at: [4, 4] }, true],
    ['a field of cells', { kind: 'area', erases: false, columns: 8, rows: 3, bits: 'ff00ff' }, true],
    ['how it was grown', { kind: 'edge', growPx: 6, softPx: 8 }, true],
    ['an unknown tool', { kind: 'spray' }, false],
    ['a stroke without points', { kind: 'stroke', erases: true, size: 40, points: [] }, false],
    [
      'a lasso of two places',
      {
        kind: 'lasso',
        erases: false,
        points: [
          [1, 1],
          [2, 2],
        ],
      },
      false,
    ],
    ['a place that is no number', { kind: 'fill', at: ['a', 1] }, false],
    ['a brush of no size', { kind: 'stroke', erases: true, size: 0, points: [[1, 1]] }, false],
    ['a field that does not fit its size', { kind: 'area', erases: false, columns: 8, rows: 8, bits: 'ff' }, false],
    ['a field that is too fine', { kind: 'area', erases: false, columns: 9000, rows: 1, bits: 'f' }, false],
    ['an edge beyond the bounds', { kind: 'edge', growPx: 6, softPx: 900 }, false],
  ])('is stored with %s, or refused', (_name, operation, isAccepted) => {
    expect(maskOperations.safeParse([operation]).success).toBe(isAccepted);
  });
});
