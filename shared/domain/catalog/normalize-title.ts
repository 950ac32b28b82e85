/** Longer titles exist (254 characters were seen); beyond this nothing tells two recordings apart. */
const TITLE_CHARS_MAX = 1_000;

/** Decorations that say how a recording was sold, not how it was played. Tested on a whole bracket or dash part, in lower case. */
const SAME_PERFORMANCE = [
  /^(?:feat|ft|featuring)\b/,
  /^(?:album|lp|original album|original) version$/,
  /^(?:explicit|explicit version|bonus track|bonus|hidden track)$/,
  /^(?:deluxe|expanded|anniversary|special|limited)(?: \w+)? (?:edition|version)$/,
  /^official (?:audio|video|music video|lyric video)$/,
  /^(?:\d{2}(?:th|st|nd|rd) )?anniversary(?: edition)?$/,
  /^(?:music )?from (?:the )?(?:\w+ ){0,12}(?:soundtrack|motion picture|film|movie|series)$/,
  /^original (?:motion picture |game |television )?soundtrack$/,
];
const REMASTER =
  /\b(?:versao )?(?:(?:19|20)\d{2} )?(?:(?:digital|digitally|newly) )?re ?master\w*(?: version)?(?: (?:in|en|em))?(?: (?:19|20)\d{2})?\b/g;

/**
 * A title as two releases of one performance would share it: without case, accents on Latin letters, punctuation, featured guests and
 * remaster or edition notes. Live, remix, acoustic, instrumental, demo and edit stay: those are other performances.
 */
export function normaliseTitle(title: string): string {
  const clean = fold(title.slice(0, TITLE_CHARS_MAX));
  const kept: string[] = [];
  const keep = (part: string): string => {
    const text = part.startsWith('with ') ? '' : meaningOf(part);
    if (text !== '') kept.push(text);
    return ' ';
  };
  // "(With You)" belongs to a song's name; "(with somebody)" is how Spotify writes a guest.
  const marked = clean.replace(/[([{]([^()[\]{}]*)[)\]}]/g, (_, part: string) => keep(part.trim()));
  const [main = '', ...parts] = marked.split(/\s[-–—]\s|\s[-–—]$/);
  const bare = words(main.toLowerCase().replace(/\s(?:feat|ft|featuring)\b\.?\s.*$/, ' '));
  for (const part of parts) keep(part.trim());
  return [bare, ...kept].filter((part) => part !== '').join(' ') || clean.trim().toLowerCase();
}

/** An artist's name without case, accents on Latin letters, punctuation and a leading "the". */
export function normaliseArtist(name: string): string {
  const folded = fold(name.slice(0, TITLE_CHARS_MAX)).toLowerCase();
  const bare = words(folded).replace(/^the (?=.)/, '');
  return bare || folded.trim();
}

function meaningOf(part: string): string {
  const text = words(part.toLowerCase()).replace(REMASTER, ' ').replace(/\s+/g, ' ').trim();
  return SAME_PERFORMANCE.some((pattern) => pattern.test(text)) ? '' : text;
}

/** Compatibility forms made one; accents dropped from Latin letters only, because in other scripts they make other letters. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC');
}

function words(text: string): string {
  return text
    .replace(/['’ʼ`´]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}\p{M}\p{S}]+/gu, ' ')
    .trim();
}
