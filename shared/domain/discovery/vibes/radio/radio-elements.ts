import { editDistance } from '#shared/domain/discovery/search/edit-distance.ts';

/** Elements of the prompts of ListenBrainz' LB Radio (troi), and our own for the other chips. `options` are what may follow the value after a colon. */
const RADIO_ENTITIES = {
  artist: { options: ['nosim', 'sim', 'easy', 'medium', 'hard'], canBeNot: true },
  tag: { options: ['or', 'nosim', 'sim', 'easy', 'medium', 'hard'], canBeNot: true },
  country: { options: [], canBeNot: false },
  stats: { options: ['week', 'month', 'quarter', 'half_yearly', 'year', 'all_time', 'this_week', 'this_month', 'this_year'], canBeNot: false },
  recs: { options: ['listened', 'unlistened'], canBeNot: false },
  playlist: { options: [], canBeNot: false },
  collection: { options: [], canBeNot: false },
  year: { options: [], canBeNot: true },
  years: { options: [], canBeNot: true },
  mode: { options: [], canBeNot: false },
  energy: { options: [], canBeNot: false },
  mood: { options: [], canBeNot: false },
  dance: { options: [], canBeNot: false },
  acoustic: { options: [], canBeNot: false },
  instrumental: { options: [], canBeNot: false },
  speech: { options: [], canBeNot: false },
  live: { options: [], canBeNot: false },
  tempo: { options: [], canBeNot: false },
  length: { options: [], canBeNot: false },
  word: { options: [], canBeNot: true },
  explicit: { options: [], canBeNot: false },
  minutes: { options: [], canBeNot: false },
  tracks: { options: [], canBeNot: false },
  order: { options: [], canBeNot: false },
  popularity: { options: [], canBeNot: false },
  heard: { options: [], canBeNot: false },
} as const satisfies Record<string, { readonly options: readonly string[]; readonly canBeNot: boolean }>;
export type RadioEntity = keyof typeof RADIO_ENTITIES;

/** One element of a prompt. */
export interface RadioElement {
  /** The place of its first character, from 0, and how many characters it has. */
  readonly at: number;
  readonly length: number;
  readonly entity: RadioEntity;
  readonly isNot: boolean;
  readonly values: readonly string[];
  readonly options: readonly string[];
  /** 1 unless the prompt says otherwise. */
  readonly weight: number;
}

/** What cannot be read, where it is, and what would help. */
export interface RadioError {
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
}

/** A prompt as elements, errors, and words between elements. */
interface RadioReading {
  readonly elements: readonly RadioElement[];
  readonly errors: readonly RadioError[];
  readonly words: readonly string[];
}

/** Longer prompts are cut. */
export const RADIO_CHARS_MAX = 2_000;
const WEIGHT_MAX = 10;
const ENTITY_NAMES = Object.keys(RADIO_ENTITIES);
const START = new RegExp(String.raw`^\s*-?(?:(?:${ENTITY_NAMES.join('|')}):\S|#[\p{L}(])`, 'iu');
const ELEMENT = /(-?)([\p{L}_]+):|(-?)#/uy;
const WORD = /\S+/uy;
const BARE = /[^\s:()]*/uy;
const TAG = /[\p{L}\p{N}_-]*/uy;
const OPTION = /:([^\s:()]*)/uy;

/** Whether a text begins as a prompt in the syntax of LB Radio. */
export function isRadioPrompt(text: string): boolean {
  return START.test(text);
}

/** Cuts a prompt into elements. Words between elements are errors, unless the prompt has nothing but hashtags, as sentences have. */
export function readRadioElements(prompt: string): RadioReading {
  const text = prompt.slice(0, RADIO_CHARS_MAX);
  const elements: RadioElement[] = [];
  const errors: RadioError[] = [];
  const words: { at: number; text: string }[] = [];
  let [at, isStrict] = [0, false];
  while (at < text.length) {
    if (/\s/u.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const head = matchAt(ELEMENT, text, at);
    const entity = head?.[2]?.toLowerCase() ?? (head ? 'tag' : undefined);
    if (!head || entity === undefined) {
      const word = matchAt(WORD, text, at)?.[0] ?? text.charAt(at);
      words.push({ at, text: word });
      at += word.length;
      continue;
    }
    isStrict ||= head[2] !== undefined;
    const isTag = head[2] === undefined;
    const value = readValue(text, at + head[0].length, isTag);
    const options = readOptions(text, value.end);
    const part = { at, length: options.end - at };
    const isNot = (head[1] ?? head[3]) === '-';
    const problem = value.error ?? errorOf({ entity, isNot, values: value.values, part });
    const known = knownEntity(entity);
    if (problem) errors.push(problem);
    else if (known) {
      const read = weigh(known, options.found);
      errors.push(...read.errors);
      elements.push({ ...part, entity: known, isNot, values: value.values, options: read.options, weight: read.weight });
    }
    at = Math.max(options.end, at + 1);
  }
  const stray = isStrict ? words.map((word) => strayError(word)) : [];
  return { elements, errors: [...errors, ...stray].toSorted((a, b) => a.at - b.at), words: isStrict ? [] : words.map((word) => word.text) };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

interface ReadValue {
  readonly values: readonly string[];
  readonly end: number;
  readonly error?: RadioError;
}

function readValue(text: string, start: number, isTag: boolean): ReadValue {
  if (text.charAt(start) !== '(') {
    const bare = matchAt(isTag ? TAG : BARE, text, start)?.[0] ?? '';
    return { values: namesIn(bare), end: start + bare.length };
  }
  const close = text.indexOf(')', start);
  if (close >= 0) return { values: namesIn(text.slice(start + 1, close)), end: close + 1 };
  const error = { at: start, length: 1, message: 'This bracket is not closed.', remedy: 'Add a closing bracket after the last name.' };
  return { values: [], end: text.length, error };
}

const namesIn = (text: string) => text.split(',').flatMap((value) => value.trim() || []);

interface FoundOption {
  readonly at: number;
  readonly text: string;
}

function readOptions(text: string, start: number): { readonly found: readonly FoundOption[]; readonly end: number } {
  const found: FoundOption[] = [];
  let end = start;
  for (;;) {
    const option = matchAt(OPTION, text, end);
    if (!option) return { found, end };
    found.push({ at: end + 1, text: (option[1] ?? '').toLowerCase() });
    end += option[0].length;
  }
}

/** The weight and the options of an element. LB Radio writes both after colons; either may be left empty. */
function weigh(entity: RadioEntity, found: readonly FoundOption[]): { weight: number; options: string[]; errors: RadioError[] } {
  const allowed: readonly string[] = RADIO_ENTITIES[entity].options;
  const errors: RadioError[] = [];
  const options: string[] = [];
  let weight = 1;
  for (const { at, text } of found.flatMap(splitOption)) {
    if (text === '') continue;
    if (/^\d+$/u.test(text)) {
      weight = Number(text);
      if (weight >= 1 && weight <= WEIGHT_MAX) continue;
      errors.push({ at, length: text.length, message: `${text} is no weight.`, remedy: `Use a whole number from 1 to ${WEIGHT_MAX}.` });
    } else if (allowed.includes(text)) options.push(text);
    else {
      const remedy = allowed.length === 0 ? `Remove it: ${entity} has no options.` : `Use ${allowed.join(', ')}, or remove it.`;
      errors.push({ at, length: text.length, message: `“${text}” is no option of ${entity}.`, remedy });
    }
  }
  return { weight, options, errors };
}

/** Several options are written with commas. */
function splitOption({ at, text }: FoundOption): FoundOption[] {
  let place = at;
  return text.split(',').map((part) => {
    const own = { at: place, text: part };
    place += part.length + 1;
    return own;
  });
}

interface Part {
  readonly entity: string;
  readonly isNot: boolean;
  readonly values: readonly string[];
  readonly part: { readonly at: number; readonly length: number };
}

function errorOf({ entity, isNot, values, part }: Part): RadioError | undefined {
  const known = knownEntity(entity);
  if (!known) {
    const near = ENTITY_NAMES.find((name) => editDistance(name, entity, 2) <= 2);
    const remedy = near === undefined ? `Elements are ${ENTITY_NAMES.join(', ')}.` : `Did you mean “${near}”?`;
    return { at: part.at, length: entity.length + (isNot ? 1 : 0), message: `“${entity}” is no element.`, remedy };
  }
  if (isNot && !RADIO_ENTITIES[known].canBeNot) return { ...part, message: `${known} cannot be excluded.`, remedy: 'Remove the minus sign.' };
  if (values.length > 0 || known === 'stats' || known === 'recs') return undefined;
  return {
    ...part,
    message: `${known} names nothing.`,
    remedy: `Write for example ${known === 'artist' ? 'artist:(Air)' : known === 'tag' ? 'tag:(dream pop)' : `${known}:…`}.`,
  };
}

function knownEntity(name: string): RadioEntity | undefined {
  return ENTITY_NAMES.find((one): one is RadioEntity => one === name);
}

function strayError({ at, text }: { readonly at: number; readonly text: string }): RadioError {
  const word = text.slice(0, 40);
  const remedy = 'Put names of several words in brackets, as in artist:(Daft Punk), or remove it.';
  return { at, length: text.length, message: `“${word}” belongs to no element.`, remedy };
}
