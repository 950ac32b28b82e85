/** Writes contact sheets of a sample network: `node --import tsx tests/support/covers/write-contact-sheet.ts FOLDER [FAMILY]`, at 640, 300 and 64 pixels. */
import { ART_FAMILY_NAMES, COMPOSITIONS } from '#shared/domain/covers/art/family-names.ts';
import type { ArtFamily } from '#shared/domain/covers/art/family-names.ts';
import { seriesFor } from '#shared/domain/covers/art/series.ts';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { drawCover } from './draw-cover.ts';
import { SAMPLE_TITLES, sampleMusic } from './sample-music.ts';

const GAP = 12;
const PAPER = '#eeeeec';

const [folder = 'contact-sheets', only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const members = Array.from({ length: 120 }, (_, index) => ({
  index,
  title: SAMPLE_TITLES[index % SAMPLE_TITLES.length]!,
  music: sampleMusic(index),
}));
const network = seriesFor(members).map((place) => ({ ...place, title: members[place.index]!.title, music: members[place.index]!.music }));
const family = ART_FAMILY_NAMES.find((name) => name === only);

if (family) await write(`${family}-300`, 300, COMPOSITIONS, ofFamily(family));
else {
  await write('network-64', 64, 15, network);
  await write('network-300', 300, 10, network.slice(0, 60));
  await write('network-640', 640, 3, network.slice(0, 6));
}

function ofFamily(name: ArtFamily) {
  return Array.from({ length: 20 }, (_, i) => ({ ...network[i * 5]!, palette: 'auto', family: name, composition: i % COMPOSITIONS }));
}

async function write(name: string, size: number, columns: number, covers: readonly (typeof network)[number][]): Promise<void> {
  const step = size + GAP;
  const rows = Math.ceil(covers.length / columns);
  const tiles = await Promise.all(
    covers.map(async ({ index, ...input }, i) => ({
      input: Buffer.from(await drawCover({ ...input, seed: index, size })),
      left: GAP + (i % columns) * step,
      top: GAP + Math.floor(i / columns) * step,
    })),
  );
  await sharp({ create: { width: GAP + columns * step, height: GAP + rows * step, channels: 3, background: PAPER } })
    .composite(tiles)
    .png()
    .toFile(path.join(folder, `${name}.png`));
}
