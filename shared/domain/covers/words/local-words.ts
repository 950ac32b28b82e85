import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { genreFamilyOf } from '#shared/domain/catalog/lexicon/genre-families.ts';
import { MOTIF_IDS, describeMotif, isMotifId } from '#shared/domain/catalog/lexicon/motifs.ts';
import type { MotifId } from '#shared/domain/catalog/lexicon/motifs.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { hashText } from '#shared/domain/hash.ts';
import { likelyTextures } from './likely-textures.ts';
import { withPromptTail } from './picture-prompt.ts';
import { TITLE_CHARS_MAX, distantTitleCandidates, moodWordsOf, titleCandidates } from './title-candidates.ts';
import type { TitleCandidate } from './title-candidates.ts';

/** Words for a cover, made from numbers and genres alone. */
export interface LocalWords {
  /** Three titles, best first. */
  readonly titles: readonly string[];
  /** States genres and decade; null when neither is known. */
  readonly subtitle: string | null;
  /** Complete, with its fixed tail. */
  readonly picturePrompt: string;
  readonly motifIds: readonly MotifId[];
}

const TITLES = 3;
const MOTIFS = 3;
const SUBTITLE_CHARS_MAX = 60;
/** How sleeves of a time were printed; the first line whose year is above the decade applies. */
const PRINTS: readonly (readonly [until: number, print: string])[] = [
  [1960, 'letterpress'],
  [1980, 'offset-printed'],
  [1990, 'airbrushed'],
  [2000, 'photocopied'],
  [Number.POSITIVE_INFINITY, 'flat vector'],
];

/**
 * Titles, subtitle, picture prompt and motifs from the music lexicon. A pure function: the same facts and seed give the same words. `taken` are texts that
 * no title may equal, in any case: other playlists' titles, and names of artists.
 */
export function localWords(facts: MusicFacts, seed: number, taken: Iterable<string>): LocalWords {
  const isTaken = takenTitles(taken);
  const mood = moodWordsOf(facts);
  const motifIds = pickMotifs(facts, seed);
  const image = byHash(mood.images, seed + 1)[0] ?? '';
  const light = byHash(mood.lights, seed + 2)[0] ?? '';
  return {
    titles: pickTitles(facts, seed, isTaken),
    subtitle: describeMusic(facts),
    picturePrompt: withPromptTail(`${printOf(facts)} of ${motifsInWords(motifIds)} with ${image.toLowerCase()}, ${light}${textureOf(facts)}`),
    motifIds,
  };
}

/** Whether a title equals one of the texts, without regard to case, accents and punctuation. */
export function takenTitles(taken: Iterable<string>): (title: string) => boolean {
  const folded = new Set([...taken].map(foldText));
  return (title) => folded.has(foldText(title));
}

function pickTitles(facts: MusicFacts, seed: number, isTaken: (title: string) => boolean): readonly string[] {
  const picked = addDistinct([], ordered(titleCandidates(facts), seed), isTaken);
  if (picked.length === TITLES) return picked.map(({ title }) => title);
  const more = addDistinct(picked, ordered(distantTitleCandidates(facts), seed), isTaken).map(({ title }) => title);
  return more.length === TITLES ? more : numbered(more, titleCandidates(facts), isTaken);
}

/** Adds free titles that share no word with an earlier one and, while there are others, no pattern. */
function addDistinct(start: readonly TitleCandidate[], candidates: readonly TitleCandidate[], isTaken: (title: string) => boolean): TitleCandidate[] {
  const picked = [...start];
  for (const isStrict of [true, false]) {
    for (const candidate of candidates) {
      if (picked.length === TITLES) return picked;
      const clashes = picked.some((one) => (isStrict && one.pattern === candidate.pattern) || sharesWord(one.title, candidate.title));
      if (!clashes && !isTaken(candidate.title)) picked.push(candidate);
    }
  }
  return picked;
}

/** The lexicon's titles are all taken: the first ones again, with the next free number. */
function numbered(start: readonly string[], candidates: readonly TitleCandidate[], isTaken: (title: string) => boolean): readonly string[] {
  const picked = [...start];
  for (let number = 2; picked.length < TITLES; number += 1) {
    for (const { title } of candidates.slice(0, 100)) {
      const next = `${title} ${number}`;
      if (picked.length < TITLES && next.length <= TITLE_CHARS_MAX && !isTaken(next)) picked.push(next);
    }
  }
  return picked;
}

function ordered(candidates: readonly TitleCandidate[], seed: number): readonly TitleCandidate[] {
  const keyed = candidates.map((candidate) => ({ candidate, key: hashText(candidate.title, seed) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ candidate }) => candidate);
}

function byHash<T extends string>(words: readonly T[], seed: number): readonly T[] {
  return words.toSorted((a, b) => hashText(a, seed) - hashText(b, seed));
}

function sharesWord(one: string, other: string): boolean {
  const words = new Set(one.split(' '));
  return other.split(' ').some((word) => words.has(word));
}

function pickMotifs(facts: MusicFacts, seed: number): readonly MotifId[] {
  const families = facts.genres.length === 0 ? [genreFamilyOf('')] : facts.genres.slice(0, 2).map(({ name }) => genreFamilyOf(name));
  const own = byHash([...new Set(families.flatMap((family) => family.motifs))].filter(isMotifId), seed + 3);
  return [...new Set([...own, ...byHash(MOTIF_IDS, seed + 4)])].slice(0, MOTIFS);
}

function motifsInWords([first, second]: readonly MotifId[]): string {
  return [first, second].flatMap((id) => (id === undefined ? [] : [describeMotif(id)])).join(' and ');
}

function printOf({ decade }: MusicFacts): string {
  const print = PRINTS.find(([until]) => (decade ?? 1970) < until)?.[1] ?? 'offset-printed';
  return `${print === 'offset-printed' || print === 'airbrushed' ? 'An' : 'A'} ${print} illustration`;
}

function textureOf(facts: MusicFacts): string {
  const isSoft = likelyTextures(facts).includes('acoustic');
  return isSoft ? ', rounded shapes and rough paper' : ', clear shapes and flat color';
}

/** "Bebop and modal jazz, mostly 1960s"; null when neither genre nor decade is known. */
function describeMusic({ genres, decade }: MusicFacts): string | null {
  const when = decade === null ? '' : `mostly ${decade}s`;
  const [first, second] = genres.map(({ name }) => name.trim().replaceAll(/\s+/g, ' ').toLowerCase());
  const options = [first && second ? [`${first} and ${second}`, when] : [], first ? [first, when] : [], [when]];
  const text = options
    .map((parts) => parts.filter((part) => part !== '').join(', '))
    .find((line) => line !== '' && line.length <= SUBTITLE_CHARS_MAX);
  return text === undefined ? null : text.charAt(0).toUpperCase() + text.slice(1);
}
