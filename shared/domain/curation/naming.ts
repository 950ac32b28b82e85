import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';

export const DEFAULT_NAME_TEMPLATE = 'Vibe • {ThemeTag} • #{GlobalIndex:000} • {YYYY-MM-DD}';

/** Spotify's limits for a playlist's name and description, in characters. */
export const NAME_CHARS_MAX = 100;
export const DESCRIPTION_CHARS_MAX = 300;

const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = /^(?:ThemeTag|GlobalIndex(?::0{1,6})?|YYYY-MM-DD)$/;

export interface NameFacts {
  readonly themeTag: string;
  readonly globalIndex: number;
  /** The snapshot's day, `YYYY-MM-DD`. */
  readonly day: string;
}

/** The playlist's name for a day: one line of at most 100 characters. Shortens the theme if needed, never the number or the day. */
export function playlistName(template: string, facts: NameFacts): string {
  const render = (theme: string) => oneLine(template.replace(PLACEHOLDER, (_, key: string) => valueOf(key, { ...facts, themeTag: theme })));
  const theme = oneLine(facts.themeTag);
  const full = render(theme);
  if (full.length <= NAME_CHARS_MAX) return full;
  const room = theme.length - (full.length - NAME_CHARS_MAX);
  return shorten(room > 0 ? render(shorten(theme, room)) : full, NAME_CHARS_MAX);
}

/** Throws `invalid_input` unless the template is valid and gives every playlist of a network a distinct name. */
export function validateNameTemplate(template: string): void {
  if (template.trim() === '') throw refuse('The name template is empty.', `For example, use ${DEFAULT_NAME_TEMPLATE}.`);
  const words = [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const unknown = words.find((key) => !KNOWN.test(key));
  if (unknown !== undefined || /[{}]/.test(template.replace(PLACEHOLDER, ''))) {
    const what = unknown === undefined ? 'A brace of the name template is not closed.' : `The name template has no placeholder {${unknown}}.`;
    throw refuse(what, 'Use {ThemeTag}, {GlobalIndex:000} and {YYYY-MM-DD}.');
  }
  if (!words.some((key) => key.startsWith('GlobalIndex')))
    throw refuse('The name template does not give each playlist a distinct name.', 'Add {GlobalIndex:000} to the template.');
  const shortest = playlistLength(template);
  if (shortest > NAME_CHARS_MAX)
    throw refuse(`Names would be ${shortest} characters long; Spotify allows ${NAME_CHARS_MAX}.`, 'Shorten the template.');
}

/**
 * The public description: the size and repeat window, the rules as far as they fit in 300 characters, and the marker last. An earlier day's list that
 * is shown again (`shows`) does not state a repeat window.
 */
export function playlistDescription(facts: { size: number; restDays: number; rules: readonly string[]; marker: string; shows?: string }): string {
  const tracks = `${facts.size} ${facts.size === 1 ? 'track' : 'tracks'}`;
  const renewed =
    facts.restDays > 0 ? `${tracks}, no repeats within ${facts.restDays} ${facts.restDays === 1 ? 'day' : 'days'}.` : `${tracks}, updated daily.`;
  const promise = facts.shows === undefined ? renewed : `${tracks}, the list of ${facts.shows}.`;
  const room = DESCRIPTION_CHARS_MAX - promise.length - facts.marker.length - 2;
  let rules = '';
  for (const rule of facts.rules.map(asSentence)) {
    const next = rules === '' ? rule : `${rules.replace(/\.$/, '')}; ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
    if (next.length > room - 1) break;
    rules = next;
  }
  return [promise, rules, facts.marker].filter((part) => part !== '').join(' ');
}

function valueOf(key: string, facts: NameFacts): string {
  if (key === 'ThemeTag') return facts.themeTag;
  if (key === 'YYYY-MM-DD') return facts.day;
  if (!KNOWN.test(key)) return `{${key}}`;
  const digits = key.split(':')[1]?.length ?? 1;
  return String(facts.globalIndex).padStart(digits, '0');
}

function playlistLength(template: string): number {
  return template.replace(PLACEHOLDER, (_, key: string) => valueOf(key, { themeTag: '', globalIndex: 1, day: '2000-01-01' })).trim().length;
}

function refuse(message: string, remedy: string): AppError {
  return new AppError('invalid_input', { message, remedy, field: 'nameTemplate' });
}

/** The text as one line that ends with a period (or its own final punctuation). */
function asSentence(text: string): string {
  const line = oneLine(text);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Shortens to `charsMax` with an ellipsis, at a whole character. */
function shorten(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  return `${cutText(text, charsMax - 1).trimEnd()}…`;
}
