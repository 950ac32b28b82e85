/** Where in a text something stands; the first line is 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type JsonReading =
  | { readonly kind: 'json'; readonly value: unknown; readonly placeOf: (path: string) => TextPlace }
  | { readonly kind: 'broken'; readonly message: string; readonly at: TextPlace };

const SPACE = /\s*/y;
const TOKEN = /(?:([[\]{}:,])|("(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * Reads JSON and remembers where each part begins, or says what is wrong on which line. Keeps a stack of its own and ends where no policy goes
 * deeper: a text that is nested a million deep is refused before anything would have to recurse into it.
 */
export function readJson(text: string): JsonReading {
  const starts = new Map<string, number>();
  const stumble = walk(text, starts);
  if (stumble) return { kind: 'broken', message: stumble.message, at: placeAt(text, stumble.at) };
  try {
    return { kind: 'json', value: JSON.parse(text), placeOf: (path) => placeAt(text, nearest(starts, path)) };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : 'It cannot be read.', at: { line: 1, column: 1 } };
  }
}

/** One list or object that is open, and what it waits for. */
interface Open {
  readonly isList: boolean;
  readonly path: string;
  count: number;
  awaits: 'first' | 'key' | 'colon' | 'value' | 'after';
  key: string;
  /** All names of an object so far. */
  readonly names: Set<string>;
}
interface Stumble {
  readonly message: string;
  readonly at: number;
}

/** Lists and objects within each other; a policy as deep as the form allows stays far below. */
const DEPTH_MAX = 200;

function walk(text: string, starts: Map<string, number>): Stumble | undefined {
  const open: Open[] = [];
  let isDone = false;
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    const begins = SPACE.lastIndex;
    TOKEN.lastIndex = begins;
    const token = TOKEN.exec(text);
    if (!token) return begins >= text.length && isDone ? undefined : { message: strange(text, begins), at: begins };
    at = TOKEN.lastIndex;
    if (isDone) return { message: 'There is something after the end of the document.', at: begins };
    const step = take({ open, starts, begins, mark: token[1], string: token[2], other: token[3] });
    if (step) return { message: step, at: begins };
    isDone = open.length === 0;
  }
}

interface Token {
  readonly open: Open[];
  readonly starts: Map<string, number>;
  readonly begins: number;
  readonly mark: string | undefined;
  readonly string: string | undefined;
  /** A number, true, false or null. */
  readonly other: string | undefined;
}

/** What a token does to the open parts, or why it cannot stand here. */
function take({ open, starts, begins, mark, string, other }: Token): string | undefined {
  const here = open.at(-1);
  if (mark === ']' || mark === '}') return close(open, mark);
  if (mark === ',') return comma(here);
  if (mark === ':') {
    if (here?.awaits !== 'colon') return 'A colon cannot stand here.';
    here.awaits = 'value';
    return undefined;
  }
  if (here && !here.isList && (here.awaits === 'first' || here.awaits === 'key')) {
    return string === undefined ? 'A name in double quotes was expected here.' : takeName(here, String(JSON.parse(string)));
  }
  if (here?.awaits === 'colon') return `A colon is missing after "${here.key}".`;
  if (here?.awaits === 'after') return 'A comma is missing before this.';
  if (other !== undefined && Math.abs(Number(other)) === Infinity) return `${other} is too large a number.`;
  if (open.length >= DEPTH_MAX) return 'This is nested deeper than any policy may be.';
  const path = here ? joined(here) : '';
  starts.set(path, begins);
  if (here) here.awaits = 'after';
  if (mark === '[' || mark === '{') open.push({ isList: mark === '[', path, count: 0, awaits: 'first', key: '', names: new Set() });
  return undefined;
}

/** Two parts of one name are JSON, but only the last of them would count: nobody means that. */
function takeName(here: Open, key: string): string | undefined {
  if (here.names.has(key)) return `"${key}" stands twice here, and only the last would count. Keep one of the two.`;
  here.names.add(key);
  here.key = key;
  here.awaits = 'colon';
  return undefined;
}

function close(open: Open[], mark: string): string | undefined {
  const here = open.at(-1);
  if (!here || here.isList !== (mark === ']')) return `Nothing is open that "${mark}" could close.`;
  if (here.awaits === 'value' && !here.isList) return `A value is missing after "${here.key}".`;
  if (here.awaits === 'colon') return `A colon is missing after "${here.key}".`;
  if (here.awaits === 'key' || here.awaits === 'value') return 'There is a comma too many before this.';
  open.pop();
  return undefined;
}

function comma(here: Open | undefined): string | undefined {
  if (here?.awaits !== 'after') return 'A comma cannot stand here.';
  here.count += 1;
  here.awaits = here.isList ? 'value' : 'key';
  return undefined;
}

function joined(here: Open): string {
  const step = here.isList ? String(here.count) : here.key;
  return here.path === '' ? step : `${here.path}.${step}`;
}

function strange(text: string, at: number): string {
  if (at >= text.length) return text.trim() === '' ? 'Nothing is written here yet.' : 'The document ends too early; a bracket or a value is missing.';
  if (text[at] === '"') return 'This text in quotes is not closed on its line.';
  return `"${text.slice(at, at + 12).split(/\s/u)[0] ?? ''}" is not JSON. Texts and names stand in double quotes.`;
}

/** The start of the part, or of the nearest part around it that is there. */
function nearest(starts: ReadonlyMap<string, number>, path: string): number {
  for (let name = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const start = starts.get(name);
    if (start !== undefined) return start;
  }
  return starts.get('') ?? 0;
}

function placeAt(text: string, at: number): TextPlace {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n') };
}
