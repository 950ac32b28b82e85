import type { ArtFace } from '#shared/domain/covers/art/display-list.ts';
import type { ArtTypeface } from '#shared/domain/covers/art/painting/art-context.ts';
import { GlobalFonts } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { holdsCodePoint, readSlices } from '../font-slices.ts';
import type { FontSlice } from '../font-slices.ts';

/** The faces of pictures. Names begin with "Art", so that they never meet another part's faces in the process-wide font list. */

interface FaceSource {
  readonly name: string;
  readonly packageName: string;
  readonly stylesheet: string;
}

const source = (name: string, packageName: string, stylesheet: string): FaceSource => ({ name: `Art ${name}`, packageName, stylesheet });
const ARCHIVO = source('Archivo', '@fontsource-variable/archivo', 'standard.css');
const SERIF = source('Serif', '@fontsource/instrument-serif', '400.css');
const ITALIC = source('Italic', '@fontsource/instrument-serif', '400-italic.css');

/** Faces for scripts that the first face lacks, in the order in which they are tried. Kana decides for Japanese, hangul for Korean, else Chinese. */
const OTHERS = [
  source('Noto Sans', '@fontsource-variable/noto-sans', 'standard.css'),
  source('Noto Sans Arabic', '@fontsource-variable/noto-sans-arabic', 'standard.css'),
  source('Noto Sans Hebrew', '@fontsource-variable/noto-sans-hebrew', 'index.css'),
  source('Noto Sans Devanagari', '@fontsource-variable/noto-sans-devanagari', 'index.css'),
  source('Noto Sans Thai', '@fontsource-variable/noto-sans-thai', 'index.css'),
];
const JAPANESE = source('Noto Sans JP', '@fontsource-variable/noto-sans-jp', 'index.css');
const KOREAN = source('Noto Sans KR', '@fontsource-variable/noto-sans-kr', 'index.css');
const CHINESE = source('Noto Sans SC', '@fontsource-variable/noto-sans-sc', 'index.css');
const EMOJI = source('Noto Emoji', '@fontsource/noto-emoji', '400.css');

const FIRST: Readonly<Record<ArtFace, FaceSource>> = { grotesque: ARCHIVO, serif: SERIF, italic: ITALIC };

/** Sets type exactly on the axes, and loads the slices that a text needs. What is loaded stays loaded; the faces are the same in every process. */
export function createArtTypeface(): ArtTypeface<SKRSContext2D> {
  const slices = new Map<FaceSource, readonly FontSlice[]>();
  const loaded = new Set<string>();
  const slicesOf = (face: FaceSource) => {
    const known = slices.get(face) ?? readSlices(face.packageName, face.stylesheet);
    slices.set(face, known);
    return known;
  };
  /** Whether a face has a character; its slice is loaded. */
  const loadFor = (face: FaceSource, codePoint: number): boolean => {
    const slice = slicesOf(face).find((candidate) => holdsCodePoint(candidate, codePoint));
    if (slice && !loaded.has(slice.file)) {
      GlobalFonts.registerFromPath(slice.file, face.name);
      loaded.add(slice.file);
    }
    return slice !== undefined;
  };
  return {
    setFont: (context, { families, weight, size, stretch }) => {
      context.font = `${weight} ${size}px ${families}`;
      context.fontVariationSettings = `'wght' ${weight}, 'wdth' ${stretch}`;
    },
    familiesFor: (text, face) => {
      const faces = [FIRST[face], ...OTHERS, ...eastAsian(text), EMOJI];
      const used = new Set<FaceSource>([FIRST[face]]);
      for (const character of text) {
        const match = faces.find((one) => loadFor(one, character.codePointAt(0) ?? 0));
        if (match) used.add(match);
      }
      return [...used].map(({ name }) => `"${name}"`).join(', ');
    },
  };
}

function eastAsian(text: string): readonly FaceSource[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return [JAPANESE, CHINESE];
  return /\p{Script=Hangul}/u.test(text) ? [KOREAN, CHINESE] : [CHINESE];
}
