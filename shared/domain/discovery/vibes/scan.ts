import { isContentItem } from './items.ts';
import type { Item } from './items.ts';
import { emojiMeaning } from './lexicon/emoji.ts';
import type { Meaning } from './lexicon/lexicon.ts';
import type { Lookup } from './lexicon/lookup.ts';
import { knownNameAt, namedArtistAt } from './names.ts';
import type { ArtistNames, NameMatch } from './names.ts';
import { quantityAt } from './quantities.ts';
import { isBreak } from './tokens.ts';
import type { Token } from './tokens.ts';
import { yearsAt } from './years.ts';

/** A tokenized sentence with what its words and names may mean. */
export interface Place {
  readonly tokens: readonly Token[];
  readonly lookup: Lookup;
  readonly artists: ArtistNames;
  readonly year: number;
}

/** Genres that are everyday words, too: after an article they are those. */
const EVERYDAY_GENRES = new Set(
  'house garage country soul trap drill surf jungle minimal noise traditional march worship score banda industrial standards healing nature sounds acoustic western'.split(
    ' ',
  ),
);
const ARTICLES = new Set('the my our your his her their a an this'.split(' '));
/** Words between "like" and a name: "like the band X". */
const SKIPPED_BEFORE_NAME = 2;
/** Turkish "without": rapsiz, davulsuz. */
const WITHOUT_ENDING = /^(.{3,})(?:siz|suz)$/u;

/** Reads a sentence from its first token to its last, the longest meaning at each place. */
export function scanItems(place: Place): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < place.tokens.length;) {
    const found = itemsAt(place, at, items);
    items.push(...found);
    at = Math.max(at + 1, ...found.map(({ to }) => to));
  }
  return joinedNames(items, place);
}

function itemsAt(place: Place, at: number, before: readonly Item[]): Item[] {
  const { lookup, tokens } = place;
  const emoji = emojiItem(tokens, at);
  if (emoji) return [emoji];
  const named = namesAfterCue(place, at, before);
  if (named) return named;
  const term = lookup.at(at);
  const artist = knownNameAt(place, at, { wordsMin: 2 });
  if (artist && artist.length > (term?.length ?? 0)) return [artistItem(artist, at, 'bare')];
  const exact = yearsAt(place, at) ?? quantityAt(place, at);
  if (exact && exact.to - at >= (term?.meaning.kind === 'sense' ? term.length : 0)) return [exact];
  const parts = lookup.partsOf(at);
  if (parts.length > 0) return parts.map(({ meaning }) => meaningItem(meaning, { from: at, to: at + 1, text: tokens[at]?.text ?? '' }));
  if (term && !isEveryday(place, at, term.meaning))
    return [meaningItem(term.meaning, { from: at, to: at + term.length, text: textOf(tokens, at, term.length) })];
  return [withoutItem(place, at) ?? bareName(place, at) ?? leftover(place, at)];
}

function emojiItem(tokens: readonly Token[], at: number): Item | undefined {
  const [first = ''] = tokens[at]?.text ?? '';
  const meaning = emojiMeaning(first);
  if (meaning === undefined) return undefined;
  const span = { from: at, to: at + 1, text: first };
  return meaning.startsWith('genre:')
    ? { kind: 'genre', genre: meaning.slice(6), ...span }
    : meaningItem({ kind: 'sense', sense: meaning as never }, span);
}

function meaningItem(meaning: Meaning, span: { readonly from: number; readonly to: number; readonly text: string }): Item {
  if (meaning.kind === 'sense') return { kind: 'sense', sense: meaning.sense, ...span };
  if (meaning.kind === 'genre') return { kind: 'genre', genre: meaning.genre, ...span };
  return { kind: 'nothing', from: span.from, to: span.to };
}

const textOf = (tokens: readonly Token[], at: number, length: number) =>
  tokens
    .slice(at, at + length)
    .map(({ text }) => text)
    .join(' ');

const artistItem = ({ name, length }: NameMatch, from: number, role: 'seed' | 'only' | 'bare'): Item => ({
  kind: 'artist',
  name,
  role,
  from,
  to: from + length,
});

/** "like X", "by X or Y", "only X": the names after a cue, with the cue. */
function namesAfterCue(place: Place, at: number, before: readonly Item[]): Item[] | undefined {
  const { lookup } = place;
  for (const cue of ['like', 'only', 'by'] as const) {
    const length = lookup.lengthOf(at, cue);
    if (length === 0 || length < (lookup.at(at)?.length ?? 0)) continue;
    const isAfterSongs = before.at(-1)?.to === at && before.at(-1)?.kind === 'sense' && (before.at(-1) as { sense: string }).sense === 'song';
    const isStrong = cue === 'like' || (cue === 'by' && (lookup.languages[0] === 'en' || length > 1 || isAfterSongs));
    const names = nameList(place, at + length, { isStrong, role: cue === 'like' ? 'seed' : 'only' });
    if (names.length === 0) continue;
    const isNegative = lookup.lengthOf(at, 'not') === length;
    const first: Item = { kind: 'sense', sense: isNegative ? 'not' : cue, text: textOf(place.tokens, at, length), from: at, to: at + length };
    return [first, ...names];
  }
  return undefined;
}

function nameList(place: Place, start: number, { isStrong, role }: { readonly isStrong: boolean; readonly role: 'seed' | 'only' }): Item[] {
  const { tokens, lookup } = place;
  const items: Item[] = [];
  for (let skip = 0; skip <= SKIPPED_BEFORE_NAME && items.length === 0; skip++) {
    const found = tokens[start + skip] && !isBreak(tokens[start + skip] as Token) ? namedArtistAt(place, start + skip, { isStrong }) : undefined;
    if (found) items.push(artistItem(found, start + skip, role));
    else if (!lookup.isStop(start + skip) && lookup.lengthOf(start + skip, 'by') === 0) break;
  }
  for (let at = items[0]?.to ?? Infinity; at < tokens.length; at = items.at(-1)?.to ?? Infinity) {
    const joining = Math.max(lookup.lengthOf(at, 'or'), lookup.lengthOf(at, 'and'));
    const isComma = joining === 0 && /^\s*,\s*$/u.test(tokens[at]?.gap ?? '');
    if ((joining === 0 && !isComma) || lookup.lengthOf(at + joining, 'not') > 0) break;
    const repeated = lookup.lengthOf(at + joining, 'like') || lookup.lengthOf(at + joining, 'by');
    const found = namedArtistAt(place, at + joining + repeated, { isStrong: isStrong && lookup.languages[0] !== 'de' });
    if (!found || (isComma && !found.isKnown && !tokens[at]?.isName)) break;
    const last = artistItem(found, at + joining + repeated, role);
    // A wish after a comma is none of the names: "like Air, Jazz, …" ends at the genre.
    if (isComma && !found.isKnown && lookup.at(at)) break;
    if (joining > 0) items.push({ kind: 'sense', sense: lookup.lengthOf(at, 'or') > 0 ? 'or' : 'and', text: '', from: at, to: at + joining });
    items.push(last);
  }
  return items;
}

function isEveryday({ tokens, lookup }: Place, at: number, meaning: Meaning): boolean {
  if (lookup.languages[0] !== 'en' || meaning.kind !== 'genre' || !EVERYDAY_GENRES.has(tokens[at]?.fold ?? '')) return false;
  return ARTICLES.has(tokens[at - 1]?.fold ?? '') && !isBreak(tokens[at] as Token);
}

function withoutItem(place: Place, at: number): Item | undefined {
  const token = place.tokens[at];
  const base = place.lookup.languages.includes('tr') ? WITHOUT_ENDING.exec(token?.fold ?? '')?.[1] : undefined;
  if (!token || base === undefined) return undefined;
  const found = place.lookup.meaningOf(base);
  return found ? { ...meaningItem(found, { from: at, to: at + 1, text: token.text }), isNegated: true } : undefined;
}

/** One known name with a capital in the middle of a sentence; not in German, where every noun has one. */
function bareName(place: Place, at: number): Item | undefined {
  const { tokens, lookup } = place;
  const token = tokens[at];
  if (!token || at === 0 || isBreak(token) || ['de', 'ja'].includes(lookup.languages[0] ?? '') || lookup.isStop(at)) return undefined;
  const found = knownNameAt(place, at, { wordsMin: 1 });
  return found && artistItem(found, at, 'bare');
}

function leftover({ tokens, lookup }: Place, at: number): Item {
  const token = tokens[at];
  const isWord = token && token.value === undefined && !lookup.isStop(at) && /\p{L}{2}|[\p{Script=Han}\p{Script=Katakana}]/u.test(token.text);
  const isGrammarOnly = /^\p{Script=Hiragana}+$/u.test(token?.text ?? '');
  return isWord && !isGrammarOnly ? { kind: 'word', text: token.text, from: at, to: at + 1 } : { kind: 'nothing', from: at, to: at + 1 };
}

/** Unknown words with capitals that follow each other are one name: "Studio Ghibli". Names before "gibi" or "のような" become seeds. */
function joinedNames(items: readonly Item[], { tokens, artists }: Place): Item[] {
  const joined: Item[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.kind === 'sense' && item.sense === 'likeAfter' && last && last.to === item.from && (last.kind === 'word' || last.kind === 'artist')) {
      joined.pop();
      const written = last.kind === 'artist' ? last.name : last.text;
      const words = tokens.slice(last.from, last.to).map(({ fold }) => fold);
      joined.push({ kind: 'artist', name: artists.exact(words) ?? artists.beginning(words) ?? written, role: 'seed', from: last.from, to: item.to });
      continue;
    }
    const isRun = item.kind === 'word' && last?.kind === 'word' && last.to === item.from && [last.from, item.from].every((at) => tokens[at]?.isName);
    if (isRun && !isBreak(tokens[item.from] as Token)) joined[joined.length - 1] = { ...last, text: `${last.text} ${item.text}`, to: item.to };
    else joined.push(item);
  }
  return joined.filter((item) => item.kind !== 'nothing' || isContentItem(item));
}
