import { ART_FAMILY_NAMES } from '#shared/domain/covers/art/family-names.ts';
import { graphemesOf, initialOf, linesFilling } from '#shared/domain/covers/art/lettering.ts';
import { seriesFor } from '#shared/domain/covers/art/series.ts';
import { subjectOf } from '#shared/domain/covers/art/subject.ts';
import { techniqueOf } from '#shared/domain/covers/art/technique.ts';
import { expect, test } from 'vitest';
import { SAMPLE_TITLES, sampleMusic } from '../../support/covers/sample-music.ts';

const members = Array.from({ length: 120 }, (_, index) => ({ index, title: SAMPLE_TITLES[index]!, music: sampleMusic(index) }));
const places = seriesFor(members);

test('no two covers of a network of 120 have the same family, composition and side', () => {
  expect(new Set(places.map(({ family, composition, reversed }) => `${family} ${composition} ${reversed}`)).size).toBeGreaterThanOrEqual(119);
});

test('neighbors in number share neither family nor palette', () => {
  for (const [i, place] of places.entries()) {
    const next = places[i + 1];
    if (!next) continue;
    expect(next.family).not.toBe(place.family);
    expect(next.palette).not.toBe(place.palette);
  }
});

test('at most one cover in six shows a disc, and every family appears equally often', () => {
  const isDisc = ({ family, composition, index }: (typeof places)[number]) =>
    (family === 'groove' && [0, 2, 3].includes(composition)) || (family === 'halftone' && subjectOf(members[index]!.music.genres) === 'sky');
  expect(places.filter(isDisc).length).toBeLessThanOrEqual(20);
  const counts = ART_FAMILY_NAMES.map((name) => places.filter(({ family }) => family === name).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
});

test('a playlist keeps family, composition and side when others come and go, in whatever order they are given', () => {
  const without = seriesFor(members.filter(({ index }) => index % 3 !== 1).toReversed());
  for (const { index, family, composition, seed, reversed } of without) expect({ family, composition, seed, reversed }).toEqual(pick(places[index]!));
});

const pick = ({ family, composition, seed, reversed }: (typeof places)[number]) => ({ family, composition, seed, reversed });

test('a title of more than 24 characters is not spelled over the whole sheet', () => {
  const long = seriesFor(members.map((member) => ({ ...member, title: 'An Incomplete History of the Night Bus' })));
  expect(long.filter(({ family }) => family === 'type' || family === 'echo')).toEqual([]);
});

test.each([
  ['jazz', 'water'],
  ['minimal techno', 'city'],
  ['indie folk', 'land'],
  ['dance pop', 'sky'],
  ['trip hop', 'water'],
  ['hip hop', 'city'],
])('%s shows %s', (name, subject) => {
  expect(subjectOf([{ name, weight: 1 }])).toBe(subject);
});

test('the heaviest genres decide together, and no genre gives no subject', () => {
  expect(
    subjectOf([
      { name: 'disco', weight: 0.4 },
      { name: 'punk', weight: 0.3 },
      { name: 'rap', weight: 0.3 },
    ]),
  ).toBe('city');
  expect(subjectOf([])).toBeUndefined();
  expect(subjectOf([{ name: 'zzz', weight: 1 }])).toBeUndefined();
});

test.each([
  [1950, 'letterpress'],
  [1970, 'offset'],
  [1980, 'airbrush'],
  [1990, 'photocopy'],
  [2020, 'vector'],
  [null, 'offset'],
] as const)('the decade %s is printed as %s', (decade, technique) => {
  expect(techniqueOf(decade)).toBe(technique);
});

test.each([
  ['night bus', 'N'],
  ['“quoted”', 'Q'],
  ['夜のドライブ', '夜'],
  ['ليالي الصيف', 'ليالي'],
  ['रात की बस', 'रात'],
  ['👩‍🚀 lift-off', '👩‍🚀'],
  ['é́tude', 'É́'],
  ['ώρα', 'Ω'],
  ['', '·'],
  ['!!!', '!'],
])('the initial of "%s" is "%s"', (title, initial) => {
  expect(initialOf(title)).toBe(initial);
});

test('lines that fill a square hold every word once and are never higher than the square', () => {
  for (const title of [
    ...SAMPLE_TITLES,
    'A',
    '',
    'one two three four five six seven eight nine ten eleven twelve',
    'Donaudampfschifffahrtsgesellschaft',
    'WOW',
  ]) {
    const lines = linesFilling(title, 880, 880);
    expect(lines.reduce((sum, { height }) => sum + height, 0)).toBeLessThanOrEqual(880.001);
    expect(graphemesOf(lines.map(({ text }) => text).join('')).filter((one) => one.trim() !== '').length).toBe(
      Math.max(1, graphemesOf(title).filter((one) => one.trim() !== '').length),
    );
  }
});
