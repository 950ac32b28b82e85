import type { SearchKind } from '#shared/vocabulary.ts';
import { editDistance } from './edit-distance.ts';
import type { QueryWord, WordsQuery } from './read-query.ts';

/** An entry that may be what somebody searches for. */
export interface SearchEntry {
  readonly kind: SearchKind;
  readonly ref: string;
  /** The words of the title or name, then of each artist, one line each. */
  readonly text: string;
  readonly popularity: number | null;
}

/** An entry with how well it fits. */
export interface RankedEntry extends SearchEntry {
  /** Edits between what was typed and the entry; a word that is not there costs as many as it has letters, 3 at most. */
  readonly edits: number;
  /** Words of the query that are not in the entry, not even misspelled. */
  readonly missing: number;
}

interface Fit {
  readonly edits: number;
  readonly missing: number;
  /** 0: exactly the title was typed, alone or with artists. 1: all its words were. 2: all words are in it, or an artist's whole name was typed. 3: the rest. */
  readonly tier: number;
}

const MISSING_EDITS_MAX = 3;
/** Whole texts are compared up to so many edits. */
const EDITS_MAX = 3;

/**
 * Sorts entries by how well they fit a query, and leaves out those that do not. The rule: fewest edits first; then those whose title is exactly what was
 * typed, alone or with artists; then those with all words of the title typed; then those with all words in the title or with an artist's whole name; then
 * the best known; then the oldest in the catalog.
 */
export function rankEntries(query: WordsQuery, entries: readonly SearchEntry[]): RankedEntry[] {
  const compact = query.words.map(({ text }) => text).join('');
  const fits = entries.map((entry) => ({ entry, fit: fitOf(query, compact, entry) }));
  const best = { edits: Math.min(...fits.map(({ fit }) => fit.edits)), missing: Math.min(...fits.map(({ fit }) => fit.missing)) };
  return fits
    .filter(({ fit }) => isNearEnough(fit, best, query.words.length))
    .toSorted(
      (a, b) =>
        a.fit.edits - b.fit.edits ||
        a.fit.tier - b.fit.tier ||
        (b.entry.popularity ?? -1) - (a.entry.popularity ?? -1) ||
        a.entry.ref.length - b.entry.ref.length ||
        (a.entry.ref < b.entry.ref ? -1 : 1),
    )
    .map(({ entry, fit }) => ({ ...entry, edits: fit.edits, missing: fit.missing }));
}

/** One word of several may be missing where nothing has all of them, and hits that are much worse than the best one are of no use. */
function isNearEnough({ edits, missing }: Fit, best: Pick<Fit, 'edits' | 'missing'>, words: number): boolean {
  if (missing > 0 && (words === 1 || missing > 1 || best.missing === 0)) return false;
  return edits <= best.edits + 2;
}

function fitOf(query: WordsQuery, compact: string, entry: SearchEntry): Fit {
  const [title = '', ...artists] = entry.text.split('\n').map((line) => line.split(' '));
  const titleWords = title === '' ? [] : title;
  const targets = [titleWords, ...artists].flat();
  const touched = new Set<number>();
  let [edits, missing, inTitle] = [0, 0, 0];
  query.words.forEach((word, at) => {
    const found = closestTarget(word, targets, query.isTyping && at === query.words.length - 1);
    edits += found.edits;
    if (found.at === -1) missing += 1;
    else touched.add(found.at);
    if (found.at >= 0 && found.at < titleWords.length) inTitle += 1;
  });
  if (edits > 0) {
    const most = Math.min(edits - 1, EDITS_MAX);
    const whole = wholeEdits(compact, { title: titleWords, artists }, most);
    if (whole <= most) return { edits: whole, missing: 0, tier: 0 };
  }
  if (edits === 0 && missing === 0 && wholeTexts({ title: titleWords, artists }).has(compact)) return { edits, missing, tier: 0 };
  return { edits, missing, tier: tierOf({ titleWords, artists, touched, isAllInTitle: inTitle === query.words.length }) };
}

function tierOf(of: {
  readonly titleWords: readonly string[];
  readonly artists: readonly (readonly string[])[];
  readonly touched: ReadonlySet<number>;
  readonly isAllInTitle: boolean;
}): number {
  if (of.titleWords.every((_, at) => of.touched.has(at))) return 1;
  if (of.isAllInTitle) return 2;
  let start = of.titleWords.length;
  for (const artist of of.artists) {
    const from = start;
    if (artist.every((_, at) => of.touched.has(from + at))) return 2;
    start += artist.length;
  }
  return 3;
}

/** The word of an entry that is nearest to a word of the query; `at` is -1 when it is missing. */
function closestTarget(word: QueryWord, targets: readonly string[], isUnfinished: boolean): { readonly edits: number; readonly at: number } {
  const { text, isSpaceless } = word;
  const exact = targets.indexOf(text);
  if (exact >= 0) return { edits: 0, at: exact };
  const longer = targets.findIndex((target) => (isUnfinished && target.startsWith(text)) || (isSpaceless && target.includes(text)));
  if (longer >= 0) return { edits: 0, at: longer };
  let best = { edits: Math.min(text.length, MISSING_EDITS_MAX), at: -1 };
  const most = text.length < 3 ? 0 : text.length < 5 ? 1 : 2;
  targets.forEach((target, at) => {
    const edits = editDistance(text, target, most);
    if (edits <= most && edits < best.edits) best = { edits, at };
  });
  return best;
}

/** Edits between the query and the whole texts: for words that were joined or split. */
function wholeEdits(compact: string, of: Parameters<typeof wholeTexts>[0], most: number): number {
  let least = most + 1;
  for (const text of wholeTexts(of)) {
    if (text === '') continue;
    least = Math.min(least, editDistance(compact, text, Math.max(0, least - 1)));
  }
  return least;
}

/** The title, alone or with artists on either side, without spaces. */
function wholeTexts({ title, artists }: { readonly title: readonly string[]; readonly artists: readonly (readonly string[])[] }): Set<string> {
  const name = title.join('');
  const first = artists[0]?.join('') ?? '';
  const all = artists.flat().join('');
  return new Set([name, name + first, first + name, name + all, all + name]);
}
