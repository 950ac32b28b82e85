import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { Lookup } from './lexicon/lookup.ts';
import { foldedWords } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Names of artists as sentences write them. */
export interface ArtistNames {
  /** The artist with exactly these folded words; undefined when there is none. */
  readonly exact: (words: readonly string[]) => string | undefined;
  /** The artist with most recordings whose name begins with these words. */
  readonly beginning: (words: readonly string[]) => string | undefined;
}

/** Knows nobody: names are taken as they are written. */
export const NO_ARTISTS: ArtistNames = { exact: () => undefined, beginning: () => undefined };

const NAME_WORDS_MAX = 6;
const BEGINNING_WORDS_MAX = 3;
/** A gap within a name: "Guns N' Roses", "Dr. Dre", "Earth, Wind & Fire" is found without its comma. */
const WITHIN_NAME = /^[\s.'’&/\-–]*$/u;
const JOINING = new Set(['of', 'the', 'de', 'von', 'van', 'der', 'la', 'del', 'du', 'los', 'das', 'di']);

const KNOWN = new WeakMap<Catalog, ArtistNames>();

/** The artists of a catalog, by their folded names with and without an article. Built once per catalog. */
export function artistNamesOf(catalog: Catalog): ArtistNames {
  const known = KNOWN.get(catalog);
  if (known) return known;
  const counts = new Int32Array(catalog.artistNames.length);
  for (const artist of catalog.artists.values) counts[artist] = (counts[artist] ?? 0) + 1;
  const names = artistNamesFrom(catalog.artistNames.map((name, artist) => ({ name, recordings: counts[artist] ?? 0 })));
  KNOWN.set(catalog, names);
  return names;
}

interface ListedArtist {
  readonly name: string;
  readonly recordings: number;
}

const keep = (index: Map<string, ListedArtist>, key: string, artist: ListedArtist) => {
  const before = index.get(key);
  if (key !== '' && (!before || before.recordings < artist.recordings)) index.set(key, artist);
};

/** The same from a list of names with their number of recordings. */
export function artistNamesFrom(artists: readonly ListedArtist[]): ArtistNames {
  const exact = new Map<string, ListedArtist>();
  const beginning = new Map<string, ListedArtist>();
  for (const artist of artists) {
    const words = foldedWords(artist.name);
    keep(exact, words.join(' '), artist);
    if (words.length > 1 && words[0] === 'the') keep(exact, words.slice(1).join(' '), artist);
    for (let count = 1; count < Math.min(words.length, BEGINNING_WORDS_MAX + 1); count++) keep(beginning, words.slice(0, count).join(' '), artist);
  }
  return { exact: (words) => exact.get(words.join(' '))?.name, beginning: (words) => beginning.get(words.join(' '))?.name };
}

export interface NameMatch {
  readonly name: string;
  readonly length: number;
  readonly isKnown: boolean;
}

/** What names are looked for in. */
export interface NamePlace {
  readonly tokens: readonly Token[];
  readonly lookup: Lookup;
  readonly artists: ArtistNames;
}

/** The longest known artist whose name is written with capitals at a token. */
export function knownNameAt({ tokens, artists }: NamePlace, at: number, { wordsMin }: { readonly wordsMin: number }): NameMatch | undefined {
  for (let length = Math.min(NAME_WORDS_MAX, tokens.length - at); length >= wordsMin; length--) {
    const words = tokens.slice(at, at + length);
    if (!words.slice(1).every(({ gap }) => WITHIN_NAME.test(gap))) continue;
    if (!words[0]?.isName || !words.every((token) => token.isName || JOINING.has(token.fold) || token.fold === 'and')) continue;
    const name = artists.exact(words.map(({ fold }) => fold));
    if (name !== undefined) return { name, length, isKnown: true };
  }
  return undefined;
}

/**
 * The artist named after "like" or "by": a known name in any case, else a run of words with capitals. Words of the lexicon are names only when they have
 * a capital or are known in full.
 */
export function namedArtistAt(place: NamePlace, at: number, { isStrong }: { readonly isStrong: boolean }): NameMatch | undefined {
  const { tokens, lookup, artists } = place;
  const written = knownNameAt(place, at, { wordsMin: 1 });
  if (written) return written;
  for (let length = Math.min(NAME_WORDS_MAX, tokens.length - at); length >= 1; length--) {
    const words = tokens.slice(at, at + length);
    if (!words.slice(1).every(({ gap }) => WITHIN_NAME.test(gap)) || (length === 1 && (lookup.at(at) || lookup.isStop(at)))) continue;
    const folded = words.map(({ fold }) => fold);
    // "wu-tang": two words are enough of a name in any case.
    const name = artists.exact(folded) ?? (isStrong && length > 1 ? artists.beginning(folded) : undefined);
    if (name !== undefined) return { name, length, isKnown: true };
  }
  return isStrong ? unknownNameAt(place, at) : undefined;
}

function unknownNameAt({ tokens, lookup, artists }: NamePlace, at: number): NameMatch | undefined {
  const first = tokens[at];
  if (!first?.isName || isOtherWord(lookup, at) || (lookup.isStop(at) && !tokens[at + 1]?.isName)) return undefined;
  let length = 1;
  for (; length < NAME_WORDS_MAX; length++) {
    const next = tokens[at + length];
    if (!next || !WITHIN_NAME.test(next.gap)) break;
    const joins = JOINING.has(next.fold) && tokens[at + length + 1]?.isName === true;
    const isGerman = lookup.languages[0] === 'de' && lookup.at(at + length) !== undefined;
    if (!joins && (!next.isName || isGerman)) break;
  }
  const words = tokens.slice(at, at + length);
  if (words.every(({ value }) => value !== undefined)) return undefined;
  const known = artists.beginning(words.map(({ fold }) => fold));
  const written = words.map(({ text, gap }, index) => (index === 0 ? text : `${gap === '' ? ' ' : gap}${text}`)).join('');
  return { name: known ?? written, length, isKnown: known !== undefined };
}

/** Genres, numbers and languages are no names; in German, where nouns have capitals, no word of the lexicon is. */
function isOtherWord(lookup: Lookup, at: number): boolean {
  const found = lookup.at(at)?.meaning;
  if (!found) return false;
  if (lookup.languages[0] === 'de' || found.kind !== 'sense') return true;
  return /^in[A-Z]/u.test(found.sense) || found.sense === 'paris' || found.sense === 'christmas';
}
