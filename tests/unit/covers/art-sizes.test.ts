import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import { ART_FAMILY_NAMES, COMPOSITIONS, SPELLED_FAMILIES } from '#shared/domain/covers/art/family-names.ts';
import { EMBLEM_NAMES, emblemLayers, emblemsFor } from '#shared/domain/covers/art/draw-emblem.ts';
import { SUBJECTS } from '#shared/domain/covers/art/subject.ts';
import { contrastRatio } from '#shared/domain/color.ts';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { describe, expect, test } from 'vitest';
import { countShapes, flatItems, pictureOf } from '../../support/covers/measure-picture.ts';
import { MIDDLE_MUSIC } from '../../support/covers/sample-music.ts';

const ALL = ART_FAMILY_NAMES.flatMap((family) => Array.from({ length: COMPOSITIONS }, (_, composition) => [family, composition] as const));

describe.each([64, 300, 640, 3000])('at %i pixels', (size) => {
  test.each(ALL)('%s %i has no line under 1.5 pixels', (family, composition) => {
    const widths = flatItems(pictureOf(family, composition, { size, energy: 0, tempo: 180 }).list).flatMap((item) =>
      item.kind === 'stroke' ? [item.width] : [],
    );
    expect(widths.filter((width) => (width * size) / 1000 < 1.5)).toEqual([]);
  });
});

test.each(['halftone', 'rules'] as const)('%s is drawn again for thumbnails: fewer marks at 64 pixels than at 640', (family) => {
  for (let composition = 0; composition < COMPOSITIONS; composition++) {
    const marks = (size: number) => countShapes(pictureOf(family, composition, { size, tempo: 180 }).list);
    expect(marks(64)).toBeLessThan(0.75 * marks(640));
  }
});

test('the dots of a screen are at least 5 pixels apart at 640 pixels', () => {
  const dots = flatItems(pictureOf('halftone', 0, { tempo: 180 }).list).flatMap((item) =>
    item.kind === 'fill' && item.path[0] === 4 ? [item.path] : [],
  )[0]!;
  const [, x = 0, y = 0, , , nextX = 0, nextY = 0] = dots;
  expect((Math.hypot(nextX - x, nextY - y) * 640) / 1000).toBeGreaterThanOrEqual(4.999);
});

describe.each(ALL)('%s %i', (family, composition) => {
  test('leaves flat room for a title on which ink reads, or spells the title itself', () => {
    for (const isReversed of [false, true]) {
      const { room, isType } = pictureOf(family, composition, { isReversed });
      expect(isType).toBe(family === 'type' || family === 'echo');
      if (!isType) expect(room.length).toBeGreaterThan(0);
      for (const { x, y, width, height, ground } of room) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0.02);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(0.98);
        expect(height).toBeGreaterThanOrEqual(0.1);
        expect(contrastRatio(ground, isReversed && SPELLED_FAMILIES.includes(family) ? '#f1e9d6' : '#1d1b18')).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test('holds only finite numbers and colors, for titles of any script and length', () => {
    for (const title of [
      '',
      'A',
      'Ночной автобус',
      '夜のドライブ',
      'ليالي',
      '👨‍👩‍👧 family',
      'x'.repeat(500),
      'many words '.repeat(30),
      '\u202Eabc',
      '!!!',
    ]) {
      for (const item of flatItems(pictureOf(family, composition, { title }).list)) {
        if (item.kind === 'glyphs') expect(Object.values(item.box).every(Number.isFinite)).toBe(true);
        else expect(item.path.every(Number.isFinite)).toBe(true);
        if (item.kind !== 'clip') expect(item.color).toMatch(/^#[0-9a-f]{6}$/);
      }
    }
  });
});

test('a reversed picture is the mirror image, or the negative where letters would be mirrored', () => {
  const plain = pictureOf('emblem', 0, { energy: 0.5 });
  const mirrored = pictureOf('emblem', 0, { energy: 0.5, isReversed: true });
  expect(flatItems(mirrored.list)).toHaveLength(flatItems(plain.list).length);
  expect(mirrored.list).not.toEqual(plain.list);
  const [ground] = pictureOf('type', 0, { isReversed: true }).list.items;
  expect(ground).toMatchObject({ kind: 'fill', color: '#1d1b18' });
});

test('all palettes draw every family', () => {
  for (const palette of ART_PALETTES) {
    for (const [family, composition] of ALL)
      expect(
        drawArt({ family, composition, palette, seed: '1', size: 300, music: MIDDLE_MUSIC, title: 'Night', isReversed: false }).list.items.length,
      ).toBeGreaterThan(1);
  }
});

test('there are sixty emblems; each has two inks or more shapes, and every genre and subject finds some', () => {
  expect(EMBLEM_NAMES).toHaveLength(60);
  for (const name of EMBLEM_NAMES) {
    const layers = emblemLayers(name);
    expect(layers.length, name).toBeGreaterThanOrEqual(2);
    expect(
      layers.some(({ ink }) => ink === 'a'),
      name,
    ).toBe(true);
    for (const { path } of layers)
      expect(
        path.every((value) => Number.isFinite(value) && Math.abs(value) <= 110),
        name,
      ).toBe(true);
  }
  for (const subject of SUBJECTS) {
    for (const genre of [undefined, 'jazz', 'techno', 'metal', 'country', 'bossa nova', 'unheard of']) {
      const names = emblemsFor(genre, subject);
      expect(names.length).toBeGreaterThanOrEqual(6);
      for (const name of names) expect(emblemLayers(name).length, name).toBeGreaterThan(0);
    }
  }
});
