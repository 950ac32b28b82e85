import type { MusicFacts } from '#shared/contracts/studio/music-facts.ts';
import { genreFamilyOf } from '#shared/domain/catalog/lexicon/genre-families.ts';
import { energyLevelOf, valenceLevelOf } from '#shared/domain/catalog/lexicon/mood-regions.ts';
import { MOOD_WORDS } from '#shared/domain/catalog/lexicon/mood-words.ts';
import type { MoodWords } from '#shared/domain/catalog/lexicon/mood-words.ts';
import { TEMPO_WORDS, TEXTURE_WORDS, TIME_WORDS, eraWordsOf, tempoWordOf } from '#shared/domain/catalog/lexicon/sound-words.ts';
import { likelyTextures } from './likely-textures.ts';

/** A title with the pattern that it follows, so that proposals beside each other differ. */
export interface TitleCandidate {
  readonly title: string;
  readonly pattern: 'quality' | 'object' | 'time' | 'pair' | 'era';
}

/** Longer titles do not fit a cover. */
export const TITLE_CHARS_MAX = 40;
/** Genres beyond these are too small a share to name a playlist after. */
const FAMILIES_MAX = 2;

/** Every title that the lexicon has for this music, each once. */
export function titleCandidates(facts: MusicFacts): readonly TitleCandidate[] {
  return candidatesOf(facts, moodWordsOf(facts));
}

/** Titles of the other moods, for music whose own are all taken. */
export function distantTitleCandidates(facts: MusicFacts): readonly TitleCandidate[] {
  const own = moodWordsOf(facts);
  return MOOD_WORDS.filter((words) => words !== own).flatMap((words) => candidatesOf(facts, words));
}

/** The words for this music's mood; an unknown number counts as middling. */
export function moodWordsOf({ valence, energy }: Pick<MusicFacts, 'valence' | 'energy'>): MoodWords {
  const found = MOOD_WORDS.find((words) => words.energy === energyLevelOf(energy) && words.valence === valenceLevelOf(valence));
  if (!found) throw new RangeError('The lexicon has no words for this mood.');
  return found;
}

function candidatesOf(facts: MusicFacts, mood: MoodWords): readonly TitleCandidate[] {
  const qualities = [
    ...mood.qualities,
    ...(facts.tempo === null ? [] : TEMPO_WORDS[tempoWordOf(facts.tempo)]),
    ...likelyTextures(facts).flatMap((texture) => TEXTURE_WORDS[texture]),
  ];
  const families = new Set(facts.genres.slice(0, FAMILIES_MAX).map(({ name }) => genreFamilyOf(name)));
  const objects = [...(families.size === 0 ? [genreFamilyOf('')] : families)].flatMap((family) => family.objects);
  const eras = facts.decade === null ? [] : eraWordsOf(facts.decade);
  const all: TitleCandidate[] = [
    ...joined(qualities, mood.images, (quality, image) => ({ title: `${quality} ${image}`, pattern: 'quality' })),
    ...joined(mood.qualities, objects, (quality, object) => ({ title: `${quality} ${object}`, pattern: 'object' })),
    ...joined(mood.images, TIME_WORDS[mood.energy], (image, time) => ({ title: `${image} ${time}`, pattern: 'time' })),
    ...joined(objects, mood.images, (object, image) => ({ title: `${object} & ${image}`, pattern: 'pair' })),
    ...joined(eras, mood.images, (era, image) => ({ title: `${era} ${image}`, pattern: 'era' })),
  ];
  return [...new Map(all.filter(isGood).map((candidate) => [candidate.title, candidate])).values()];
}

/** Short enough, and no word twice: "Warm Warm Bread". */
function isGood({ title }: TitleCandidate): boolean {
  const words = title.toLowerCase().split(/[\s&-]+/);
  return title.length <= TITLE_CHARS_MAX && new Set(words).size === words.length;
}

function joined(left: readonly string[], right: readonly string[], join: (one: string, other: string) => TitleCandidate): TitleCandidate[] {
  return left.flatMap((one) => right.map((other) => join(one, other)));
}
