import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { createCoverType } from '#server/providers/cover-type/cover-type.ts';
import { ART_PALETTES } from '#shared/domain/covers/art/palettes.ts';
import { LAYOUT_IDS } from '#shared/domain/covers/type/type-layouts.ts';
import sharp from 'sharp';
import { drawCover } from './draw-cover.ts';
import { sampleMusic } from './sample-music.ts';
import { samplePicture } from './sample-pictures.ts';
import { TITLE_SAMPLES } from './title-samples.ts';

/** Writes sheets of titles in all scripts and layouts: `npx tsx tests/support/covers/write-type-sheet.ts FOLDER`. */
const folder = process.argv[2] ?? '/tmp';
const COLUMNS = 8;
const files = createCoverJpeg();
const typesetter = createCoverType(files);
const signal = new AbortController().signal;
const covers: Uint8Array[] = [];
for (const [number, { title, language }] of [...TITLE_SAMPLES, ...TITLE_SAMPLES, ...TITLE_SAMPLES].slice(0, 48).entries()) {
  const palette = ART_PALETTES[number % ART_PALETTES.length];
  if (!palette) continue;
  const layout = number < 12 ? 'auto' : (LAYOUT_IDS[number % LAYOUT_IDS.length] ?? 'auto');
  const inks = [palette.ink, palette.ground] as const;
  const picture = await pictureFor(number, palette.id);
  const subtitle = number % 3 === 0 ? '014' : undefined;
  try {
    const { jpeg, report } = await typesetter.typeset(picture, { title, language, layout, inks, subtitle }, signal);
    covers.push(jpeg.bytes);
    console.log(number, title, layout, '→', report.layout, report.remedy, report.capHeight.toFixed(3), report.contrast.toFixed(1), jpeg.bytes.length);
  } catch (error) {
    console.log(number, title, layout, 'refused:', error);
  }
}
for (const side of [300, 64]) {
  const rows = Math.ceil(covers.length / COLUMNS);
  const tiles = await Promise.all(covers.map(async (cover) => sharp(cover).resize(side, side).toBuffer()));
  const step = side + Math.ceil(side / 24);
  await sharp({ create: { width: COLUMNS * step, height: rows * step, channels: 3, background: '#eeeeee' } })
    .composite(tiles.map((input, at) => ({ input, left: (at % COLUMNS) * step, top: Math.floor(at / COLUMNS) * step })))
    .png()
    .toFile(`${folder}/type-sheet-${side}.png`);
}

async function pictureFor(number: number, palette: string): Promise<Uint8Array> {
  if (number % 2 === 0) return files.encodePng(samplePicture(number));
  return drawCover({ seed: number, palette, music: sampleMusic(number) });
}
