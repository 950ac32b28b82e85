import LineBreaker from 'linebreak';

/** Scripts that write words without spaces: only the edge of a word may end a line. */
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Korean writes spaces; a line ends at one, and inside a word only when the title has none. */
const HANGUL = /\p{Script=Hangul}/u;
const THAI = /\p{Script=Thai}/u;
/** Short words that read on to the next one; a line that ends with one looks cut off. */
const READS_ON = /(?:^|\s)(?:a|an|the|of|to|in|on|at|and|or|for|by|le|la|les|de|du|des|el|los|der|die|das|und|von|im|&)$/iu;
/** What a line that ends with such a word costs, as a share of a perfectly even block. */
const READS_ON_COST = 0.08;

/**
 * Parts of a title between which a line may end: UAX 14, for Han, kana and hangul only at edges of words, for Thai at edges of words, and never inside a
 * character. Spaces stay at the end of their part.
 */
export function breakableParts(title: string, language: string): readonly string[] {
  const edges = edgesOf(title, language, 'word');
  const characters = edgesOf(title, language, 'grapheme');
  const legal = new Set<number>();
  const breaker = new LineBreaker(title);
  for (let found = breaker.nextBreak(); found; found = breaker.nextBreak()) {
    const [before, after] = [lastCharacter(title, found.position), title.slice(found.position)];
    if (/\s/u.test(title) && HANGUL.test(before) && HANGUL.test(after.slice(0, 1))) continue;
    const isTight = [before, firstCharacter(after)].every((character) => NO_SPACES.test(character) || HANGUL.test(character));
    if (!isTight || edges.has(found.position)) legal.add(found.position);
  }
  for (const edge of edges) {
    if (THAI.test(title.slice(edge, edge + 1)) && THAI.test(title.slice(edge - 1, edge))) legal.add(edge);
  }
  const cuts = [...legal].filter((at) => at < title.length && characters.has(at)).toSorted((one, other) => one - other);
  return [0, ...cuts].map((from, index) => title.slice(from, cuts[index] ?? title.length));
}

/** A title in exactly `count` lines, as even as they can be. `widthOf` measures one line. Undefined when it has too few parts. */
export function evenLines(parts: readonly string[], count: number, widthOf: (text: string) => number): readonly string[] | undefined {
  if (count > parts.length) return undefined;
  const widths = parts.map((part) => widthOf(part));
  const total = widths.reduce((sum, width) => sum + width, 0);
  const ideal = (total * total) / count;
  // best[line][end]: least cost of setting the first `end` parts in `line` lines.
  const best = Array.from({ length: count + 1 }, () => Array.from({ length: parts.length + 1 }, (): Cell => ({ cost: Infinity, from: 0 })));
  const cell = (line: number, end: number) => best[line]?.[end] ?? { cost: Infinity, from: 0 };
  best[0]?.splice(0, 1, { cost: 0, from: 0 });
  for (let line = 1; line <= count; line += 1) {
    for (let end = line; end <= parts.length; end += 1) {
      const hangs = end < parts.length && READS_ON.test((parts[end - 1] ?? '').trimEnd()) ? READS_ON_COST * ideal : 0;
      best[line]?.splice(end, 1, cheapest({ before: best[line - 1] ?? [], widths, end, hangs }));
    }
  }
  const lines: string[] = [];
  for (let [line, end] = [count, parts.length]; line > 0; line -= 1) {
    const { from } = cell(line, end);
    lines.unshift(parts.slice(from, end).join('').trim());
    end = from;
  }
  return lines;
}

interface Cell {
  readonly cost: number;
  readonly from: number;
}

/** Where the last line must begin so that the lines before `end` cost least. */
function cheapest(given: {
  readonly before: readonly Cell[];
  readonly widths: readonly number[];
  readonly end: number;
  readonly hangs: number;
}): Cell {
  let best: Cell = { cost: Infinity, from: 0 };
  let width = 0;
  for (let from = given.end - 1; from >= 0; from -= 1) {
    width += given.widths[from] ?? 0;
    const cost = (given.before[from]?.cost ?? Infinity) + width * width + given.hangs;
    if (cost < best.cost) best = { cost, from };
  }
  return best;
}

function edgesOf(text: string, language: string, granularity: 'word' | 'grapheme'): ReadonlySet<number> {
  return new Set(Array.from(new Intl.Segmenter(language, { granularity }).segment(text), ({ index }) => index));
}

function firstCharacter(text: string): string {
  return text === '' ? '' : String.fromCodePoint(text.codePointAt(0) ?? 0);
}

function lastCharacter(text: string, end: number): string {
  return /[\s\S]$/u.exec(text.slice(Math.max(0, end - 2), end))?.[0] ?? '';
}
