import { cutText } from '#shared/domain/text.ts';

/** A position in a text; lines and columns count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export type JsonParseResult =
  | { readonly kind: 'json'; readonly value: unknown; readonly placeOf: (path: string) => TextPosition }
  | { readonly kind: 'broken'; readonly message: string; readonly at: TextPosition };

const SPACE = /\s*/y;
const TOKEN = /(?:([[\]{}:,])|("(?:[^"\\\n\r\t]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * Parses JSON and records where each part starts, or reports the first error and its line. Uses its own stack with a depth limit, so that a text
 * nested a million levels deep is refused before anything recurses into it.
 */
export function parseJson(text: string): JsonParseResult {
  const starts = new Map<string, number>();
  const problem = scan(text, starts);
  if (problem) return { kind: 'broken', message: problem.message, at: placeAt(text, problem.at) };
  try {
    return { kind: 'json', value: JSON.parse(text), placeOf: (path) => placeAt(text, nearest(starts, path)) };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : 'This JSON is invalid.', at: { line: 1, column: 1 } };
  }
}

/** An open list or object, and what the scanner expects next in it. */
interface Open {
  readonly isList: boolean;
  readonly path: string;
  count: number;
  expects: 'first' | 'key' | 'colon' | 'value' | 'after';
  key: string;
  /** The names read so far in this object. */
  readonly names: Set<string>;
}
interface SyntaxProblem {
  readonly message: string;
  readonly at: number;
}

/** Nesting levels of lists and objects. The deepest policy that the schema accepts stays far below. */
const DEPTH_MAX = 200;

function scan(text: string, starts: Map<string, number>): SyntaxProblem | undefined {
  const open: Open[] = [];
  let isDone = false;
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    const start = SPACE.lastIndex;
    TOKEN.lastIndex = start;
    const token = TOKEN.exec(text);
    if (!token) return start >= text.length && isDone ? undefined : { message: unexpectedText(text, start), at: start };
    at = TOKEN.lastIndex;
    if (isDone) return { message: 'Unexpected text after the end of the document.', at: start };
    const problem = readToken({ open, starts, start, mark: token[1], string: token[2], other: token[3] });
    if (problem) return { message: problem, at: start };
    isDone = open.length === 0;
  }
}

interface Token {
  readonly open: Open[];
  readonly starts: Map<string, number>;
  readonly start: number;
  readonly mark: string | undefined;
  readonly string: string | undefined;
  /** A number, true, false or null. */
  readonly other: string | undefined;
}

/** Applies a token to the open lists and objects; returns a message if the token is not allowed here. */
function readToken({ open, starts, start, mark, string, other }: Token): string | undefined {
  const parent = open.at(-1);
  if (mark === ']' || mark === '}') return close(open, mark);
  if (mark === ',') return comma(parent);
  if (mark === ':') {
    if (parent?.expects !== 'colon') return 'Unexpected colon.';
    parent.expects = 'value';
    return undefined;
  }
  if (parent && !parent.isList && (parent.expects === 'first' || parent.expects === 'key')) {
    return string === undefined ? 'Expected a name in double quotes.' : readName(parent, String(JSON.parse(string)));
  }
  if (parent?.expects === 'colon') return `Missing colon after "${parent.key}".`;
  if (parent?.expects === 'after') return 'Missing comma before this.';
  if (other !== undefined && Math.abs(Number(other)) === Infinity) return `${other} is too large a number.`;
  if (open.length >= DEPTH_MAX) return `Nested too deeply: at most ${DEPTH_MAX} levels.`;
  const path = parent ? pathOf(parent) : '';
  starts.set(path, start);
  if (parent) parent.expects = 'after';
  if (mark === '[' || mark === '{') open.push({ isList: mark === '[', path, count: 0, expects: 'first', key: '', names: new Set() });
  return undefined;
}

/** Refuses duplicate names: they are legal JSON, but only the last one would count, which is never intended. */
function readName(parent: Open, key: string): string | undefined {
  if (parent.names.has(key)) return `Duplicate name "${key}": only the last one would count. Keep one of the two.`;
  parent.names.add(key);
  parent.key = key;
  parent.expects = 'colon';
  return undefined;
}

function close(open: Open[], mark: string): string | undefined {
  const parent = open.at(-1);
  if (!parent || parent.isList !== (mark === ']')) return `Unexpected "${mark}": there is nothing to close.`;
  if (parent.expects === 'value' && !parent.isList) return `Missing value after "${parent.key}".`;
  if (parent.expects === 'colon') return `Missing colon after "${parent.key}".`;
  if (parent.expects === 'key' || parent.expects === 'value') return 'Extra comma before this.';
  open.pop();
  return undefined;
}

function comma(parent: Open | undefined): string | undefined {
  if (parent?.expects !== 'after') return 'Unexpected comma.';
  parent.count += 1;
  parent.expects = parent.isList ? 'value' : 'key';
  return undefined;
}

function pathOf(parent: Open): string {
  const step = parent.isList ? String(parent.count) : parent.key;
  return parent.path === '' ? step : `${parent.path}.${step}`;
}

function unexpectedText(text: string, at: number): string {
  if (at >= text.length) return text.trim() === '' ? 'The document is empty.' : 'The document ends too early: a bracket or a value is missing.';
  if (text[at] === '"') return 'The closing quote is missing on this line.';
  return `"${cutText(text.slice(at), 12).split(/\s/u)[0] ?? ''}" is not valid JSON. Put text and names in double quotes.`;
}

/** Start of the part, or of its nearest existing parent. */
function nearest(starts: ReadonlyMap<string, number>, path: string): number {
  for (let name = path; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const start = starts.get(name);
    if (start !== undefined) return start;
  }
  return starts.get('') ?? 0;
}

function placeAt(text: string, at: number): TextPosition {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n') };
}
