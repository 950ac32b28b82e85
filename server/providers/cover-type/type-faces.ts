import { hanFaceOf, scriptsOf } from '#shared/domain/covers/type/scripts.ts';
import type { TypeScript } from '#shared/domain/covers/type/scripts.ts';
import type { TypeStyle } from '#shared/domain/covers/type/type-layouts.ts';
import { AppError } from '#shared/errors.ts';
import { GlobalFonts } from '@napi-rs/canvas';
import { holdsCodePoint, readSlices } from '../font-slices.ts';
import type { FontSlice } from '../font-slices.ts';
import { charactersInFont } from './woff2-characters.ts';

/** The faces of titles. Names begin with "Type", so that they never meet another part's faces in the process-wide font list. */

interface TypeFace {
  readonly name: string;
  readonly packageName: string;
  readonly stylesheet: string;
}

const face = (name: string, packageName: string, stylesheet = 'index.css'): TypeFace => ({ name: `Type ${name}`, packageName, stylesheet });
const noto = (name: string, stylesheet?: string) => face(`Noto ${name}`, `@fontsource-variable/noto-${name}`, stylesheet);

const ARCHIVO = face('Archivo', '@fontsource-variable/archivo', 'standard.css');
const NEWSREADER = face('Newsreader', '@fontsource-variable/newsreader', 'standard.css');
const SANS = noto('sans', 'standard.css');
const SERIF = noto('serif', 'standard.css');
const EMOJI = face('Noto emoji', '@fontsource/noto-emoji', '700.css');
const EAST_ASIAN = { ja: noto('sans-jp'), ko: noto('sans-kr'), zh: noto('sans-sc') } as const;
const OTHERS: readonly (readonly [TypeScript, TypeFace])[] = [
  ['Hebrew', noto('sans-hebrew', 'standard.css')],
  ['Devanagari', noto('sans-devanagari', 'standard.css')],
  ['Thai', noto('sans-thai', 'standard.css')],
];
const ARABIC = { sans: noto('sans-arabic', 'standard.css'), serif: noto('naskh-arabic') } as const;

/** Code points that choose a glyph but need none of their own: joiners, variation selectors, tags. */
const NEEDS_NO_GLYPH = /\p{Join_Control}|\p{Variation_Selector}|[\u{e0020}-\u{e007f}]|\s/u;

export interface TypeFaces {
  /** CSS families of a title in a voice, in order; what the title needs of them is loaded. Throws `invalid_input` naming a character that no face has. */
  familiesFor(text: string, voice: TypeStyle['voice'], language: string | undefined): string;
}

/** Faces of which nothing has been loaded yet. What is loaded stays loaded: the files are the same in every process. */
export function createTypeFaces(): TypeFaces {
  const slices = new Map<TypeFace, readonly FontSlice[]>();
  const held = new Map<string, FontSlice>();
  const loaded = new Set<string>();
  const slicesOf = (one: TypeFace) => {
    const known = slices.get(one) ?? readSlices(one.packageName, one.stylesheet);
    slices.set(one, known);
    return known;
  };
  /** The slice as its file holds it, not as its stylesheet says. */
  const exact = (slice: FontSlice) => {
    const known = held.get(slice.file) ?? { file: slice.file, ranges: charactersInFont(slice.file) };
    held.set(slice.file, known);
    return known;
  };
  const load = (one: TypeFace, codePoint: number): boolean => {
    const slice = slicesOf(one).find((candidate) => holdsCodePoint(candidate, codePoint) && holdsCodePoint(exact(candidate), codePoint));
    if (slice && !loaded.has(slice.file)) {
      GlobalFonts.registerFromPath(slice.file, one.name);
      loaded.add(slice.file);
    }
    return slice !== undefined;
  };
  return {
    familiesFor: (text, voice, language) => {
      const faces = facesFor(text, voice, language);
      const used = new Set<TypeFace>();
      for (const character of new Set(text)) {
        if (NEEDS_NO_GLYPH.test(character)) continue;
        const found = faces.find((one) => load(one, character.codePointAt(0) ?? 0));
        if (!found) throw unknownCharacter(character);
        used.add(found);
      }
      return faces
        .filter((one) => used.has(one))
        .map(({ name }) => `"${name}"`)
        .join(', ');
    },
  };
}

/** One family draws all letters of a script and of those beside it, so that a line has one color. */
function facesFor(text: string, voice: TypeStyle['voice'], language: string | undefined): readonly TypeFace[] {
  const scripts = scriptsOf(text);
  const wide = voice === 'sans' ? SANS : SERIF;
  const latin = voice === 'sans' ? ARCHIVO : NEWSREADER;
  const isMixed = scripts.has('Cyrillic') || scripts.has('Greek');
  const first = isMixed ? [wide, latin] : [latin, wide];
  const own = [
    ...(scripts.has('Arabic') ? [ARABIC[voice], ARABIC.sans] : []),
    ...OTHERS.filter(([script]) => scripts.has(script)).map(([, one]) => one),
  ];
  const han = hanFaceOf(text, language);
  const east = [EAST_ASIAN[han], EAST_ASIAN.ja, EAST_ASIAN.zh, EAST_ASIAN.ko];
  const isEast = scripts.has('Han') || scripts.has('Kana') || scripts.has('Hangul');
  const emoji = scripts.has('Emoji') ? [EMOJI] : [];
  return [
    ...new Set(
      isEast
        ? [...emojiFirst(text, emoji), ...east, ...first, ...own, EMOJI, SANS]
        : [...emojiFirst(text, emoji), ...first, ...own, ...east, EMOJI, SANS],
    ),
  ];
}

/** Emoji sequences hold signs that other faces have, too; a title of emoji only is drawn by their face alone. */
function emojiFirst(text: string, emoji: readonly TypeFace[]): readonly TypeFace[] {
  return /[\p{L}\p{N}]/u.test(text.replace(/[\d#*]\ufe0f?\u20e3/gu, '')) ? [] : emoji;
}

function unknownCharacter(character: string): AppError {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return new AppError('invalid_input', {
    message: `No typeface on covers has the character “${character}” (U+${code}).`,
    remedy: 'Leave it out or replace it.',
    field: 'title',
  });
}
