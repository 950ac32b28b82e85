import { AppError } from '#shared/errors.ts';

export const DEFAULT_NAME_TEMPLATE = 'Vibe • {ThemeTag} • #{GlobalIndex:000} • {YYYY-MM-DD}';

/** What Spotify stores of a playlist's name and description. */
export const NAME_CHARS_MAX = 100;
export const DESCRIPTION_CHARS_MAX = 300;

const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = /^(?:ThemeTag|GlobalIndex(?::0{1,6})?|YYYY-MM-DD)$/;
const MARKER = /segue:([0-9a-z]{12})(?![0-9a-z])/i;

export interface NameFacts {
  readonly themeTag: string;
  readonly globalIndex: number;
  /** The snapshot's day, `YYYY-MM-DD`. */
  readonly day: string;
}

/** The playlist's name for a day: one line of at most 100 characters; where it would be longer the theme is shortened, never the number or the day. */
export function playlistName(template: string, facts: NameFacts): string {
  const render = (theme: string) => oneLine(template.replace(PLACEHOLDER, (_, word: string) => valueOf(word, { ...facts, themeTag: theme })));
  const theme = oneLine(facts.themeTag);
  const full = render(theme);
  if (full.length <= NAME_CHARS_MAX) return full;
  const room = theme.length - (full.length - NAME_CHARS_MAX);
  return shorten(room > 0 ? render(shorten(theme, room)) : full, NAME_CHARS_MAX);
}

/** Throws `invalid_input` unless the template is one that every playlist of a network can be told apart by. */
export function validateNameTemplate(template: string): void {
  if (template.trim() === '') throw refuse('The name template is empty.', `Use for instance ${DEFAULT_NAME_TEMPLATE}.`);
  const words = [...template.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const unknown = words.find((word) => !KNOWN.test(word));
  if (unknown !== undefined || /[{}]/.test(template.replace(PLACEHOLDER, ''))) {
    const what = unknown === undefined ? 'A brace of the name template is not closed.' : `The name template has no placeholder {${unknown}}.`;
    throw refuse(what, 'Use {ThemeTag}, {GlobalIndex:000} and {YYYY-MM-DD}.');
  }
  if (!words.some((word) => word.startsWith('GlobalIndex')))
    throw refuse('The names would not tell two playlists apart.', 'Put {GlobalIndex:000} in the template.');
  const shortest = playlistLength(template);
  if (shortest > NAME_CHARS_MAX)
    throw refuse(`Names would be ${shortest} characters long; Spotify keeps ${NAME_CHARS_MAX}.`, 'Shorten the template.');
}

/** The words a playlist's copy on Spotify is found again by after a crash: short, unlikely by chance, plain to a reader. */
export function markerFor(replicaId: string): string {
  // The end of a UUID is random in every version; the start of a v7 is the time.
  return `segue:${replicaId.replaceAll('-', '').toLowerCase().slice(-12)}`;
}

/** The marker in a description as Spotify returns it, that is, possibly HTML-escaped; null when there is none. */
export function findMarker(description: string | null): string | null {
  const found = MARKER.exec(unescapeHtml(description ?? ''));
  return found?.[1] ? `segue:${found[1].toLowerCase()}` : null;
}

/**
 * The public description: what the list promises, its rules as far as they fit in 300 characters, and the marker last. An earlier day's list
 * (`shows`) that is shown again promises no rest.
 */
export function playlistDescription(facts: { size: number; restDays: number; rules: readonly string[]; marker: string; shows?: string }): string {
  const tracks = `${facts.size} ${facts.size === 1 ? 'track' : 'tracks'}`;
  const renewed = facts.restDays > 0 ? `${tracks}, none heard here in the ${facts.restDays} days before.` : `${tracks}, renewed every day.`;
  const promise = facts.shows === undefined ? renewed : `${tracks}, the list of ${facts.shows} shown again.`;
  const room = DESCRIPTION_CHARS_MAX - promise.length - facts.marker.length - 2;
  let rules = '';
  for (const rule of facts.rules.map(ended)) {
    const next = rules === '' ? rule : `${rules.replace(/\.$/, '')}; ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
    if (next.length > room - 1) break;
    rules = next;
  }
  return [promise, rules, facts.marker].filter((part) => part !== '').join(' ');
}

/** Undoes the escapes that Spotify puts into descriptions; a text without any comes back as it is. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (escape) => {
    const name = escape.slice(1, -1).toLowerCase();
    if (!name.startsWith('#')) return NAMED[name] ?? escape;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function valueOf(word: string, facts: NameFacts): string {
  if (word === 'ThemeTag') return facts.themeTag;
  if (word === 'YYYY-MM-DD') return facts.day;
  if (!KNOWN.test(word)) return `{${word}}`;
  const digits = word.split(':')[1]?.length ?? 1;
  return String(facts.globalIndex).padStart(digits, '0');
}

function playlistLength(template: string): number {
  return template.replace(PLACEHOLDER, (_, word: string) => valueOf(word, { themeTag: '', globalIndex: 1, day: '2000-01-01' })).trim().length;
}

function refuse(message: string, remedy: string): AppError {
  return new AppError('invalid_input', { message, remedy, field: 'nameTemplate' });
}

/** A rule or a blurb as a sentence of one line, with one stop at its end whether or not its writer put one. */
function ended(text: string): string {
  const line = oneLine(text);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Cuts at a character's end, with an ellipsis in place of the last one. */
function shorten(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const start = text.slice(0, Math.max(0, charsMax - 1)).replace(/[\ud800-\udbff]$/, '');
  return `${start.trimEnd()}…`;
}
