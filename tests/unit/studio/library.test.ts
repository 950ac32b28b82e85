import { describe, expect, test } from 'vitest';
import { deletionWords } from '#shared/domain/studio/library/deletion-words.ts';
import { mainColors } from '#shared/domain/studio/library/picture-colors.ts';
import { searchWords } from '#shared/domain/studio/library/search-words.ts';

const pixels = (...colors: readonly (readonly number[])[]) => Uint8Array.from(colors.flat());

describe('the main colors of a picture', () => {
  test.each([
    ['a red', [216, 64, 43, 255], ['red']],
    ['an orange', [240, 136, 62, 255], ['orange']],
    ['a yellow', [243, 196, 48, 255], ['yellow']],
    ['a green', [60, 143, 118, 255], ['green']],
    ['a blue', [49, 64, 111, 255], ['blue']],
    ['a violet', [150, 60, 190, 255], ['violet']],
    ['paper', [240, 238, 232, 255], ['pale']],
    ['ink', [21, 23, 28, 255], ['dark']],
    ['a middle gray', [128, 128, 128, 255], []],
    ['nothing', [255, 0, 0, 0], []],
  ])('are those of %s', (_name, color, words) => {
    expect(mainColors(pixels(color))).toEqual(words);
  });

  test('are those that cover a seventh of it or more, the largest first', () => {
    const [blue, red, green] = [
      [20, 60, 220, 255],
      [220, 30, 30, 255],
      [20, 200, 40, 255],
    ];
    expect(mainColors(pixels(...Array.from({ length: 6 }, () => blue), ...Array.from({ length: 3 }, () => red), green))).toEqual(['blue', 'red']);
  });
});

test('a search is its words in lower case, each once, without signs that a query would read', () => {
  expect(searchWords(`Night’s bus & night:* | ('x')`)).toEqual(['night', 's', 'bus', 'x']);
  expect(searchWords('नमस्ते 夜')).toEqual(['नमस्ते', '夜']);
  expect(searchWords('-- !')).toEqual([]);
});

const of = (kind: 'asset' | 'cover' | 'collection' | 'short_link' | 'shared', name: string | null = null) => ({ kind, id: kind, name });

test('a deletion is described by what stays, what shows less, and what stops', () => {
  expect(deletionWords([], 1)).toEqual([]);
  expect(deletionWords([of('cover', 'Harbor'), of('shared'), of('short_link'), of('short_link')], 1)).toEqual([
    'The cover “Harbor” keeps showing it.',
    'It is shared: nobody else will see it any more.',
    '2 short links will stop working.',
  ]);
  expect(
    deletionWords(
      ['a', 'b', 'c', 'd'].map((name) => of('collection', name)),
      2,
    ),
  ).toEqual(['The collections “a”, “b”, “c” and 1 more will not show them.']);
});
