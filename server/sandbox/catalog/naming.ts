import { ARTIST_NAME_WORDS, bandsOf, LABEL_WORDS } from './artist-name-words.ts';
import type { ArtistKind, Genre, Language } from './genres.ts';
import { namesOf } from './person-names.ts';
import type { SeededRandom } from './seeded-random.ts';
import { titleWordsOf } from './title-words.ts';

/** Generates an artist name. */
export function generateArtistName(random: SeededRandom, tongue: Language, kind: ArtistKind): string {
  if (kind === 'solo') return personName(random, tongue);
  if (kind === 'ensemble')
    return `${random.chance(0.7) ? personName(random, tongue) : random.pick(ARTIST_NAME_WORDS.place)} ${random.pick(ARTIST_NAME_WORDS.ensemble)}`;
  if (kind === 'alias') return aliasName(random, tongue);
  return bandName(random, tongue);
}

function personName(random: SeededRandom, tongue: Language): string {
  const { given, family } = namesOf(tongue);
  const first = random.pick(given);
  if (random.chance(0.08)) return `${first} ${random.pick(given)} ${random.pick(family)}`;
  return `${first} ${random.pick(family)}`;
}

function bandName(random: SeededRandom, tongue: Language): string {
  const completeNames = bandsOf(tongue);
  if (completeNames && random.chance(0.7)) return random.pick(completeNames);
  const { many, quality, one, place } = ARTIST_NAME_WORDS;
  const roll = random.below(6);
  if (roll === 0) return `The ${random.pick(many)}`;
  if (roll === 1) return `${personName(random, tongue).split(' ')[0]} & the ${random.pick(many)}`;
  if (roll === 2) return `${random.pick(place)} ${random.pick(one)}`;
  if (roll === 3) return `The ${random.pick(quality)} ${random.pick(many)}`;
  return `${random.pick(quality)} ${random.pick(one)}`;
}

/** Suffixes of producer names; empty for a given name alone. */
const ALIAS_TAILS = ['', '', 'FM', '808', 'System', 'Sound', '& Co.', 'Dub'] as const;

function aliasName(random: SeededRandom, tongue: Language): string {
  const roll = random.below(5);
  if (roll < 2) return random.pick(ARTIST_NAME_WORDS.alias);
  if (roll === 2) return `${random.pick(ARTIST_NAME_WORDS.quality)} ${random.pick(ARTIST_NAME_WORDS.one)}`;
  if (roll === 3) return `${random.pick(namesOf(tongue).given)} ${random.pick(ALIAS_TAILS)}`.trim();
  return random.pick(namesOf(tongue).family);
}

/** Generates a title in the artist's language. Classical pieces get a form and key. */
export function trackTitle(random: SeededRandom, genre: Genre, tongue: Language): string {
  if (genre.scene === 'classical' && random.chance(0.55)) return pieceTitle(random);
  const { heads, tails, phrases } = titleWordsOf(tongue);
  const roll = random.next();
  if (roll < 0.3) return random.pick(phrases);
  const head = random.pick(heads);
  if (roll < 0.5) return head;
  const tail = random.pick(tails);
  return tail.startsWith(',') || tongue === 'ja' ? joinTitle(head, tail) : `${head} ${tail}`;
}

function joinTitle(head: string, tail: string): string {
  return tail.startsWith(',') ? head + tail : `${head} ${tail}`;
}

const FORMS = [
  'Nocturne',
  'Étude',
  'Prelude',
  'Impromptu',
  'Elegy',
  'Barcarolle',
  'Sketch',
  'Intermezzo',
  'Nachtstück',
  'Arabesque',
  'Lullaby',
  'Canon',
] as const;
const KEYS = [
  'C Major',
  'C Minor',
  'D Major',
  'D Minor',
  'E-flat Major',
  'E Minor',
  'F Major',
  'F-sharp Minor',
  'G Major',
  'G Minor',
  'A-flat Major',
  'A Minor',
  'B-flat Major',
  'B Minor',
] as const;

function pieceTitle(random: SeededRandom): string {
  return `${random.pick(FORMS)} No. ${1 + random.below(24)} in ${random.pick(KEYS)}`;
}

/** Generates titles for an album's new songs, all different and not used by the artist before. */
export function songTitles(
  random: SeededRandom,
  act: { genre: Genre; tongue: Language },
  { count, used }: { count: number; used: ReadonlySet<string> },
): string[] {
  const titles = new Set<string>();
  const addTitle = (title: string) => (used.has(title) ? titles : titles.add(title));
  for (let tries = 0; titles.size < count && tries < count * 20; tries++) addTitle(trackTitle(random, act.genre, act.tongue));
  // A box set can need more titles than a language's word list provides.
  for (let n = 2; titles.size < count; n++) addTitle(`${trackTitle(random, act.genre, act.tongue)} (Version ${n})`);
  return [...titles];
}

/** Generates an album title: usually a song-like title, sometimes the artist's name. */
export function albumTitle(random: SeededRandom, act: { name: string; genre: Genre; tongue: Language; isDebut: boolean }): string {
  if (act.isDebut && random.chance(0.16)) return act.name;
  if (act.genre.scene === 'classical' && random.chance(0.4)) return `${random.pick(FORMS)}s, Book ${1 + random.below(4)}`;
  const title = trackTitle(random, act.genre, act.tongue);
  return title.replace(/, Pt\. 2$| Interlude$| Line$/, '');
}

/** Generates a record label name. */
export function labelName(random: SeededRandom): string {
  return `${random.pick(LABEL_WORDS.first)} ${random.pick(LABEL_WORDS.second)}`;
}
