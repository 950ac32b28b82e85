import type { DateRule, LeafRule, NumberRule, TagRule, TextRule } from '#shared/contracts/policies/policy.ts';
import { PROVENANCES } from '#shared/vocabulary.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { EITHER_FLAG, UNKNOWN_DAY, UNKNOWN_FLAG, UNKNOWN_SOURCE } from '#shared/domain/catalog/catalog-columns.ts';
import type { Catalog, NumberLists } from '#shared/domain/catalog/catalog-columns.ts';
import { kindOf } from './leaf-kinds.ts';
import { foldText, matchesText } from '#shared/domain/catalog/text-match.ts';

export interface LeafTarget {
  readonly day: number;
  /** The result for a row with an unknown value: 0 false, 2 unknown, 3 true. */
  readonly unknown: number;
  readonly into: Uint8Array;
  /** The folded texts of the catalog, shared by the leaves of one evaluation. */
  readonly texts?: FoldedTexts | undefined;
}

/** Folds each text of a catalog once, when the first rule asks. */
export interface FoldedTexts {
  readonly titles: () => readonly string[];
  readonly albumNames: () => readonly string[];
  readonly artistNames: () => readonly string[];
}

/** The folded texts of a catalog; nothing is folded before a rule asks. */
export function foldedTextsOf(catalog: Catalog): FoldedTexts {
  return { titles: folded(catalog.titles ?? []), albumNames: folded(catalog.albumNames ?? []), artistNames: folded(catalog.artistNames) };
}

function folded(texts: readonly string[]): () => readonly string[] {
  let result: readonly string[] | undefined;
  return () => (result ??= texts.map((text) => (text === '' ? '' : foldText(text) || ' ')));
}

/** Writes a leaf's result for every row: 3 for true, 0 for false, `unknown` where the value is unknown. */
export function evaluateLeaf(catalog: Catalog, leaf: LeafRule, target: LeafTarget): void {
  const known = kindOf(leaf);
  switch (known.kind) {
    case 'number':
      return inNumberRange(catalog.numbers[known.leaf.field], numberRange(known.leaf), target);
    case 'date':
      return inRange(catalog.days[known.leaf.field], dayRange(known.leaf, target.day), target);
    case 'flag':
      return equalsByte(catalog.flags[known.leaf.field], { wanted: Number(known.leaf.value), missing: UNKNOWN_FLAG, either: EITHER_FLAG }, target);
    case 'source':
      return equalsByte(catalog.featuresSource, { wanted: PROVENANCES.indexOf(known.leaf.value), missing: UNKNOWN_SOURCE }, target);
    case 'tag':
      return hasTags(catalog.tags[known.leaf.field], tagTest(catalog, known.leaf), target);
    case 'text':
      return matchTexts(catalog, known.leaf, target);
  }
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A number leaf as a closed range in the columns' precision (float32), so that 0.7 in a rule equals a stored 0.7. */
export function numberRange(leaf: NumberRule): Range {
  const [low, high] = typeof leaf.value === 'number' ? [leaf.value, leaf.value] : leaf.value;
  return { from: leaf.op === 'lte' ? -Infinity : Math.fround(low), to: leaf.op === 'gte' ? Infinity : Math.fround(high) };
}

/** A date leaf as a closed range of day numbers. */
export function dayRange(leaf: DateRule, day: number): Range {
  const value = typeof leaf.value === 'number' ? leaf.value : dayNumber(leaf.value);
  if (leaf.op === 'on_or_after') return { from: value, to: Infinity };
  if (leaf.op === 'on_or_before') return { from: -Infinity, to: value };
  return leaf.op === 'within_days' ? { from: day - value, to: day } : { from: -Infinity, to: day - value - 1 };
}

export interface TagTest {
  /** Numbers of the wanted tags that exist in the catalog. */
  readonly wanted: ReadonlySet<number>;
  /** How many of them a row must have. Exceeds the size of `wanted` when "has all" names a tag that the catalog does not have. */
  readonly needed: number;
}

/** A tag leaf in the catalog's tag numbers. */
export function tagTest(catalog: Catalog, leaf: TagRule): TagTest {
  const words = new Set((typeof leaf.value === 'string' ? [leaf.value] : leaf.value).map((word) => word.trim().toLowerCase()));
  const wanted = new Set([...words].flatMap((word) => catalog.tagNumbers[leaf.field].get(word) ?? []));
  return { wanted, needed: leaf.op === 'has_all' ? words.size : 1 };
}

function inNumberRange(values: Float32Array, { from, to }: Range, { unknown, into }: LeafTarget): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    // Only NaN differs from itself.
    into[row] = value >= from && value <= to ? 3 : value === value ? 0 : unknown;
  }
}

function inRange(values: Int32Array, { from, to }: Range, { unknown, into }: LeafTarget): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? UNKNOWN_DAY;
    into[row] = value === UNKNOWN_DAY ? unknown : value >= from && value <= to ? 3 : 0;
  }
}

function equalsByte(
  values: Uint8Array,
  { wanted, missing, either }: { wanted: number; missing: number; either?: number },
  { unknown, into }: LeafTarget,
): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? missing;
    into[row] = value === wanted || value === either ? 3 : value === missing ? unknown : 0;
  }
}

function hasTags({ offsets, values }: NumberLists, test: TagTest, { unknown, into }: LeafTarget): void {
  const isWanted = new Uint8Array(Math.max(0, ...test.wanted) + 1);
  for (const number of test.wanted) isWanted[number] = 1;
  for (let row = 0; row + 1 < offsets.length; row++) {
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? 0;
    let matches = 0;
    for (let i = from; i < to; i++) matches += isWanted[values[i] ?? 0] ?? 0;
    into[row] = from === to ? unknown : matches >= test.needed ? 3 : 0;
  }
}

function matchTexts(catalog: Catalog, leaf: TextRule, { unknown, into, texts = foldedTextsOf(catalog) }: LeafTarget): void {
  const matches = matchesText(leaf);
  // A text of spaces alone is known and folds to nothing; it is kept as a space, which no rule contains.
  const resultOf = (text: string) => (text === '' ? unknown : matches(text === ' ' ? '' : text) ? 3 : 0);
  if (leaf.field === 'title') {
    const titles = texts.titles();
    for (let row = 0; row < catalog.size; row++) into[row] = resultOf(titles[row] ?? '');
    return;
  }
  if (leaf.field === 'album') {
    const byAlbum = texts.albumNames().map(resultOf);
    for (let row = 0; row < catalog.size; row++) into[row] = byAlbum[catalog.albums[row] ?? 0] ?? unknown;
    return;
  }
  // One matching artist is enough; an artist without a name makes the result unknown.
  const byArtist = Uint8Array.from(texts.artistNames().map(resultOf));
  const { offsets, values } = catalog.artists;
  for (let row = 0; row < catalog.size; row++) {
    const from = offsets[row] ?? 0;
    const to = offsets[row + 1] ?? 0;
    let result = from === to ? unknown : 0;
    for (let i = from; i < to; i++) result |= byArtist[values[i] ?? 0] ?? 0;
    into[row] = result;
  }
}
