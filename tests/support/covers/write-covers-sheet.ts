/**
 * Writes the contact sheet of eight moods (rows) in six families (columns) with titles from the lexicon:
 * `node --import tsx tests/support/covers/write-covers-sheet.ts FILE [SIDE] [FAMILY,FAMILY…]`. Without families, those of `.github/covers.png`.
 */
import { ART_FAMILY_NAMES, COMPOSITIONS } from '#shared/domain/covers/art/family-names.ts';
import { workMood } from '#shared/domain/covers/art/emotion.ts';
import { localWords } from '#shared/domain/covers/words/local-words.ts';
import sharp from 'sharp';
import { finishCover } from './finish-cover.ts';
import { sampleMusic } from './sample-music.ts';

const GAP = 12;
const PAPER = '#eeeeec';
const FAMILIES = ['paper', 'rules', 'emblem', 'riso', 'score', 'type'];
/** Valence and energy, decade, genre, tempo, and how acoustic: the moods of a day. */
const MOODS = [
  { valence: 0.88, energy: 0.86, decade: 1970, genre: 'disco', tempo: 122, acousticness: 0.1 },
  { valence: 0.72, energy: 0.55, decade: 1960, genre: 'bossa nova', tempo: 98, acousticness: 0.7 },
  { valence: 0.55, energy: 0.28, decade: 1970, genre: 'folk', tempo: 84, acousticness: 0.9 },
  { valence: 0.3, energy: 0.2, decade: 1990, genre: 'ambient', tempo: 70, acousticness: 0.5 },
  { valence: 0.15, energy: 0.35, decade: 1950, genre: 'jazz', tempo: 76, acousticness: 0.8 },
  { valence: 0.2, energy: 0.75, decade: 2010, genre: 'techno', tempo: 132, acousticness: 0.02 },
  { valence: 0.35, energy: 0.92, decade: 1980, genre: 'punk', tempo: 168, acousticness: 0.05 },
  { valence: 0.6, energy: 0.7, decade: 2000, genre: 'hip hop', tempo: 94, acousticness: 0.15 },
] as const;

const [file = 'covers.png', side = '300', families] = process.argv.slice(2);
const columns = families?.split(',') ?? FAMILIES;
const size = Number(side);
const taken: string[] = [];
const tiles = [];
for (const [row, mood] of MOODS.entries()) {
  for (const [column, name] of columns.entries()) {
    const family = ART_FAMILY_NAMES.find((one) => one === name) ?? 'paper';
    const number = row * columns.length + column;
    const { genre, ...numbers } = mood;
    const music = { ...sampleMusic(number), ...numbers, genres: [{ name: genre, weight: 1 }] };
    const title = localWords(music, number + 1, taken).titles[column % 3]!;
    taken.push(title);
    const near = workMood(music).nearest;
    const place = { index: number, family, composition: (row + column) % COMPOSITIONS, palette: near[column % 4]!.id, seed: number, reversed: false };
    const jpeg = await finishCover({ place, title, music });
    const input = await sharp(jpeg).resize(size, size, { kernel: 'lanczos3' }).png().toBuffer();
    tiles.push({ input, left: GAP + column * (size + GAP), top: GAP + row * (size + GAP) });
  }
}
const [width, height] = [GAP + columns.length * (size + GAP), GAP + MOODS.length * (size + GAP)];
await sharp({ create: { width, height, channels: 3, background: PAPER } })
  .composite(tiles)
  .png({ palette: true, quality: 92, effort: 10 })
  .toFile(file);
