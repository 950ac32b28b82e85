import type { VibeChip } from '#shared/contracts/discovery/generate-vibe.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';

export type WishField = VibeChip['field'];

/** How a wish is edited. Spans are written as "1960-1969, 1984". */
type WishEditor =
  | { readonly kind: 'names' | 'spans' | 'none' }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly options: readonly (readonly [value: string, name: string])[] };

interface WishInfo {
  readonly name: string;
  readonly group: WishGroup;
  readonly editor: WishEditor;
  /** What the editor shows first when the wish is added. */
  readonly start: VibeSpec[WishField];
}

/** The groups of wishes in the order in which they are shown. */
export const WISH_GROUPS = ['Music', 'Sound', 'Years', 'Length', 'Order', 'Leave out'] as const;
type WishGroup = (typeof WISH_GROUPS)[number];

const SHARE = { kind: 'range', min: 0, max: 1, step: 0.01 } as const;
const NAMES = { kind: 'names' } as const;
const shareWish = (name: string): WishInfo => ({ name, group: 'Sound', editor: SHARE, start: [0.4, 0.8] });

/** Everything that can be wished for. */
export const WISHES: Readonly<Record<WishField, WishInfo>> = {
  genres: { name: 'Genres', group: 'Music', editor: NAMES, start: [] },
  seeds: { name: 'Like these artists', group: 'Music', editor: NAMES, start: [] },
  artists: { name: 'Only these artists', group: 'Music', editor: NAMES, start: [] },
  artists_from: { name: 'Artists you listen to', group: 'Music', editor: { kind: 'none' }, start: 'history' },
  weights: { name: 'Weights', group: 'Music', editor: { kind: 'none' }, start: undefined },
  energy: shareWish('Energy'),
  valence: shareWish('Mood (valence)'),
  dance: shareWish('Danceability'),
  acoustic: shareWish('Acoustic'),
  instrumental: shareWish('Instrumental'),
  speech: shareWish('Speech'),
  live: shareWish('Live'),
  tempo: { name: 'Tempo (beats per minute)', group: 'Sound', editor: { kind: 'range', min: 40, max: 220, step: 1 }, start: [90, 130] },
  years: { name: 'Years', group: 'Years', editor: { kind: 'range', min: 1900, max: 2100, step: 1 }, start: [1990, 1999] },
  years_any: { name: 'Any of several spans of years', group: 'Years', editor: { kind: 'spans' }, start: undefined },
  minutes: { name: 'Minutes in all', group: 'Length', editor: { kind: 'number', min: 1, max: 1_440 }, start: 60 },
  tracks: { name: 'Number of tracks', group: 'Length', editor: { kind: 'number', min: 1, max: 500 }, start: 30 },
  track_seconds: { name: 'Length of a track (seconds)', group: 'Length', editor: { kind: 'range', min: 0, max: 3_600, step: 10 }, start: [120, 300] },
  order: {
    name: 'Order',
    group: 'Order',
    editor: {
      kind: 'choice',
      options: [
        ['rising', 'Energy rises'],
        ['falling', 'Energy falls'],
        ['arc', 'Energy peaks in the middle'],
        ['flat', 'Even energy'],
      ],
    },
    start: 'rising',
  },
  popularity: {
    name: 'How well known',
    group: 'Order',
    editor: {
      kind: 'choice',
      options: [
        ['hits', 'Well known'],
        ['deep', 'Little known'],
      ],
    },
    start: 'hits',
  },
  heard: {
    name: 'Heard before',
    group: 'Order',
    editor: {
      kind: 'choice',
      options: [
        ['new', 'New to you'],
        ['known', 'Known to you'],
        ['not recently', 'Not heard recently'],
      ],
    },
    start: 'new',
  },
  explicit: {
    name: 'Explicit lyrics',
    group: 'Leave out',
    editor: {
      kind: 'choice',
      options: [
        ['false', 'Not explicit'],
        ['true', 'Explicit only'],
      ],
    },
    start: false,
  },
  not_genres: { name: 'Genres to leave out', group: 'Leave out', editor: NAMES, start: [] },
  not_artists: { name: 'Artists to leave out', group: 'Leave out', editor: NAMES, start: [] },
  not_words: { name: 'Words that titles must not have', group: 'Leave out', editor: NAMES, start: [] },
  not_years: { name: 'Years to leave out', group: 'Leave out', editor: { kind: 'spans' }, start: undefined },
};

export const WISH_FIELDS = Object.keys(WISHES) as readonly WishField[];

/** The spec with another value of a field, or without it. */
export function withWish(spec: VibeSpec, field: WishField, value: VibeSpec[WishField]): VibeSpec {
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => key !== field)) as VibeSpec;
  return value === undefined ? rest : { ...rest, [field]: value };
}

/** A value as the texts of its editor: two for a range, else one. */
export function wishTexts(value: VibeSpec[WishField]): readonly string[] {
  if (!Array.isArray(value)) return [value === undefined ? '' : String(value)];
  if (value.length === 2 && value.every((one) => typeof one === 'number')) return value.map(String);
  return [
    value
      .flatMap((one) => (Array.isArray(one) ? (one[0] === one[1] ? String(one[0]) : one.join('-')) : typeof one === 'object' ? [] : String(one)))
      .join(', '),
  ];
}

/** What was typed as a value; undefined where it is none. A range that was typed the wrong way round is turned. */
export function readWish(editor: WishEditor, texts: readonly string[]): unknown {
  const [first = '', second = ''] = texts;
  const words = first.split(',').flatMap((word) => word.trim() || []);
  switch (editor.kind) {
    case 'names':
      return words.length === 0 ? undefined : words;
    case 'spans':
      return readSpans(words);
    case 'range': {
      const ends = [Number(first), Number(second)].toSorted((one, other) => one - other);
      const isTyped = first.trim() !== '' && second.trim() !== '';
      return isTyped && ends.every((end) => end >= editor.min && end <= editor.max) ? ends : undefined;
    }
    case 'number': {
      const number = Number(first);
      return first.trim() !== '' && number >= editor.min && number <= editor.max ? number : undefined;
    }
    case 'choice':
      return first === 'true' || first === 'false' ? first === 'true' : first;
    case 'none':
      break;
  }
  return undefined;
}

function readSpans(words: readonly string[]): (readonly [number, number])[] | undefined {
  const spans = words.map((word) => /^(\d{4})(?:\s*[-–]\s*(\d{4}))?$/u.exec(word));
  if (spans.length === 0 || spans.includes(null)) return undefined;
  return spans.map((span) => {
    const [from, to] = [Number(span?.[1]), Number(span?.[2] ?? span?.[1])];
    return from <= to ? [from, to] : [to, from];
  });
}
