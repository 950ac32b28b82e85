import { createCoverType } from '#server/providers/cover-type/cover-type.ts';
import { COVER_JPEG_BYTES_MAX } from '#shared/domain/covers/type/cover-size.ts';
import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { wordContrast } from '#shared/domain/covers/type/legibility.ts';
import { LAYOUT_IDS } from '#shared/domain/covers/type/type-layouts.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { samplePicture } from '../../support/covers/sample-pictures.ts';
import { TITLE_SAMPLES } from '../../support/covers/title-samples.ts';

const files = createCoverJpeg();
const typesetter = createCoverType(files);
const { signal } = new AbortController();
const INKS = ['#1d1b18', '#f1e9d6'] as const;
const flat = (red: number, green: number, blue: number) =>
  files.encodePng({ width: 64, height: 64, data: Uint8Array.from({ length: 3 * 64 * 64 }, (_, at) => [red, green, blue][at % 3] ?? 0) });
let stripes: Uint8Array;
let white: Uint8Array;
beforeAll(async () => {
  stripes = await files.encodePng(samplePicture(4));
  white = await flat(250, 248, 240);
});

describe('titles on covers', () => {
  test.each(TITLE_SAMPLES)('“$title” is legible on a busy picture, within the limit of the file', async ({ title, language }) => {
    const cover = await typesetter.typeset(stripes, { title, language, layout: 'auto', inks: INKS }, signal);
    expect(cover.report.contrast).toBeGreaterThanOrEqual(4.5);
    expect(cover.jpeg.bytes.length).toBeLessThanOrEqual(COVER_JPEG_BYTES_MAX);
    expect(cover.report.words[300]).toHaveLength(cover.report.words[640].length);
  });

  test.each(LAYOUT_IDS)('the layout %s keeps its title inside the cover', async (layout) => {
    for (const title of ['Rain Delay', 'ليل المدينة الطويل']) {
      const { plan } = await typesetter.typeset(white, { title, language: 'en', layout, inks: INKS, subtitle: '014' }, signal);
      for (const run of plan.runs) {
        expect(run.x).toBeGreaterThanOrEqual(0);
        expect(run.x + run.width).toBeLessThanOrEqual(1.0001);
        expect(run.baseline - run.above).toBeGreaterThanOrEqual(-0.0001);
        expect(run.baseline + run.below).toBeLessThanOrEqual(1.0001);
      }
    }
  });

  test('the remedy is the mildest that helps, and is named', async () => {
    const onWhite = await typesetter.typeset(white, { title: 'Rain Delay', layout: 'head', inks: INKS }, signal);
    const onBlack = await typesetter.typeset(await flat(10, 10, 12), { title: 'Rain Delay', layout: 'head', inks: INKS }, signal);
    const onStripes = await typesetter.typeset(stripes, { title: 'Rain Delay', layout: 'head', inks: INKS }, signal);
    const inGrays = await typesetter.typeset(stripes, { title: 'Rain Delay', layout: 'head', inks: ['#777777', '#999999'] }, signal);
    expect([onWhite, onBlack, onStripes, inGrays].map(({ report }) => report.remedy)).toEqual(['none', 'other_ink', 'plate', 'scrim']);
  });

  test('a character without a typeface is refused by name', async () => {
    for (const [title, code] of [
      ['Rain ᚠ', 'U+16A0'],
      ['𒀀', 'U+12000'],
      ['தமிழ்', 'U+0BA4'],
      ['a\uE000', 'U+E000'],
    ]) {
      await expect(typesetter.typeset(white, { title: title ?? '', layout: 'auto', inks: INKS }, signal)).rejects.toMatchObject({
        code: 'invalid_input',
        field: 'title',
        message: expect.stringContaining(code ?? '') as string,
      });
    }
  });

  test('one word of a hundred letters is refused with the remedy', async () => {
    await expect(typesetter.typeset(white, { title: 'W'.repeat(100), layout: 'auto', inks: INKS }, signal)).rejects.toMatchObject({ field: 'title' });
  });

  test('the vector holds paths only, no fonts and no picture', async () => {
    const { plan } = await typesetter.typeset(white, { title: 'बारिश & Rain', layout: 'center', inks: INKS }, signal);
    const svg = await typesetter.exportSvg(plan, { side: 1000, signal });
    expect(svg).toContain('<path');
    expect(svg).not.toMatch(/<text|<image|font/u);
  });

  test('a plan is drawn again at another size, in the same place', async () => {
    const { plan } = await typesetter.typeset(white, { title: 'Rain Delay', layout: 'head', inks: INKS }, signal);
    const large = await typesetter.draw(white, plan, { side: 1280, signal });
    const dark = large.data.findIndex((byte, at) => at % 3 === 0 && byte < 80);
    expect(Math.floor(dark / 3 / 1280) / 1280).toBeCloseTo((plan.runs[0]?.baseline ?? 0) - (plan.runs[0]?.above ?? 0), 2);
  });

  test('contrast is that of the ink with the worst twentieth of its ground', () => {
    const side = 40;
    const ground = { width: side, height: side, data: new Uint8Array(3 * side * side).fill(255) };
    const seen = { ...ground, data: ground.data.slice() };
    const mask = { text: 'x', x: 10, y: 10, width: 20, height: 20, alpha: new Uint8Array(400).fill(255) };
    for (let at = 0; at < 400; at += 1)
      seen.data.fill(0, 3 * ((10 + Math.floor(at / 20)) * side + 10 + (at % 20)), 3 * ((10 + Math.floor(at / 20)) * side + 11 + (at % 20)));
    expect(wordContrast(seen, ground, mask)).toBeCloseTo(21, 1);
    // A dark stain in the ring of three pixels counts; the same stain further away does not.
    const stain = (row: number) => ({ ...ground, data: ground.data.slice().fill(0, 3 * row * side, 3 * (row + 3) * side) });
    expect(wordContrast(seen, stain(7), mask)).toBeCloseTo(1, 1);
    expect(wordContrast(seen, stain(2), mask)).toBeCloseTo(21, 1);
  });
});
