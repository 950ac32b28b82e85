import { cutText } from '#shared/domain/text.ts';

/** Longer titles are cut: the longest seen has 254 characters. */
const TITLE_CHARS_MAX = 1_000;

/** Title additions that name a release, not another performance. Matched against a whole bracket or dash part, in lower case. */
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
 * The part of a title that all releases of one performance share: without case, accents on Latin letters, punctuation, featured artists and remaster or
 * edition notes. Live, remix, acoustic, instrumental, demo and edit stay: those are other performances.
 */
export function normalizeTitle(title: string): string {
  const clean = fold(cutText(title, TITLE_CHARS_MAX));
  const kept: string[] = [];
  const collect = (part: string): string => {
    const text = part.startsWith('with ') ? '' : distinctivePart(part);
    if (text !== '') kept.push(text);
    return ' ';
  };
  // "(With You)" is part of a song's name; "(with Artist)" is how Spotify writes a guest.
  const marked = clean.replace(/[([{]([^()[\]{}]*)[)\]}]/g, (_, part: string) => collect(part.trim()));
  const [main = '', ...parts] = marked.split(/\s[-–—]\s|\s[-–—]$/);
  const bare = words(main.toLowerCase().replace(/\s(?:feat|ft|featuring)\b\.?\s.*$/, ' '));
  for (const part of parts) collect(part.trim());
  return [bare, ...kept].filter((part) => part !== '').join(' ') || clean.trim().toLowerCase();
}

/** An artist's name without case, accents on Latin letters, punctuation and a leading "the". */
export function normalizeArtist(name: string): string {
  const folded = fold(cutText(name, TITLE_CHARS_MAX)).toLowerCase();
  const bare = words(folded).replace(/^the (?=.)/, '');
  return bare || folded.trim();
}

function distinctivePart(part: string): string {
  const text = words(part.toLowerCase()).replace(REMASTER, ' ').replace(/\s+/g, ' ').trim();
  return SAME_PERFORMANCE.some((pattern) => pattern.test(text)) ? '' : text;
}

/** Normalizes compatibility forms. Removes accents from Latin letters only, because in other scripts they form other letters. */
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
