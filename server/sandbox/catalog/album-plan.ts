import { SALT } from './generated-artists.ts';
import type { GeneratedArtist } from './generated-artists.ts';
import { albumTitle } from './naming.ts';
import { VENUES } from './artist-name-words.ts';
import { mix, seededRandom } from './seeded-random.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Upper bound of track numbers, so that (album, number) fits into one integer. */
export const TRACKS_PER_ALBUM_MAX = 128;

export type AlbumKind = 'studio' | 'single' | 'ep' | 'live' | 'deluxe' | 'best-of' | 'box';

/** One entry of a track list: the recording, and the suffix that this release adds to its title. */
export interface PlannedTrack {
  /** Album and track number of the recording's first release. */
  readonly album: number;
  readonly number: number;
  readonly suffix: string;
  /** The original song of a new recording, which keeps the title and gets its own ISRC. */
  readonly songOf?: { readonly album: number; readonly number: number };
}

export interface AlbumPlan {
  readonly kind: AlbumKind;
  readonly title: string;
  readonly year: number;
  readonly tracks: readonly PlannedTrack[];
}

const LAST_YEAR = 2026;

/** Plans one album; pure in (seed, artist, album). Re-releases refer to recordings of the same artist's earlier albums. */
export function planAlbum(seed: number, act: GeneratedArtist, album: number): AlbumPlan {
  const nth = album - act.firstAlbum;
  const random = seededRandom(mix(seed, SALT.shape, album));
  const kind = kindOf(random, nth);
  const year = yearOf(seed, act, nth);
  if (kind === 'deluxe') return deluxeEdition(seed, act, { album, year, random });
  if (kind === 'best-of' || kind === 'box') return compilation(seed, act, { album, year, random, kind });
  if (kind === 'live') return liveAlbum(seed, act, { album, year, random });
  const count = trackCount(random, act, kind);
  const title = albumTitle(seededRandom(mix(seed, SALT.titles, album)), { ...act, isDebut: nth === 0 });
  return { kind, title: kind === 'ep' ? `${title} EP` : title, year, tracks: newTracks(album, count) };
}

function kindOf(random: SeededRandom, nth: number): AlbumKind {
  const roll = random.next();
  if (nth === 0) return roll < 0.1 ? 'single' : roll < 0.2 ? 'ep' : 'studio';
  if (roll < 0.58) return 'studio';
  if (roll < 0.66) return 'single';
  if (roll < 0.72) return 'ep';
  if (roll < 0.79) return 'live';
  if (roll < 0.89) return 'deluxe';
  return roll < 0.975 ? 'best-of' : 'box';
}

function yearOf(seed: number, act: GeneratedArtist, nth: number): number {
  let year = act.firstYear;
  for (let i = 1; i <= nth; i++) year += 1 + (mix(seed, SALT.shape, act.firstAlbum + i) % 4);
  return Math.min(year, LAST_YEAR);
}

function trackCount(random: SeededRandom, act: GeneratedArtist, kind: AlbumKind): number {
  if (kind === 'single') return 1 + random.below(3);
  if (kind === 'ep') return 4 + random.below(3);
  // Longer tracks make shorter track lists: an LP side is about 20 minutes.
  const usual = Math.min(15, Math.max(5, Math.round(3050 / act.genre.seconds)));
  return Math.max(4, Math.round(random.bell(usual, 1.6)));
}

const newTracks = (album: number, count: number): PlannedTrack[] => Array.from({ length: count }, (_, i) => ({ album, number: i + 1, suffix: '' }));

interface AlbumInput {
  readonly album: number;
  readonly year: number;
  readonly random: SeededRandom;
}

function earlierAlbums(seed: number, act: GeneratedArtist, album: number): { album: number; plan: AlbumPlan }[] {
  const earlier = [];
  for (let one = act.firstAlbum; one < album; one++) {
    const kind = kindOf(seededRandom(mix(seed, SALT.shape, one)), one - act.firstAlbum);
    if (kind === 'studio' || kind === 'single' || kind === 'ep') earlier.push({ album: one, plan: planAlbum(seed, act, one) });
  }
  return earlier;
}

function deluxeEdition(seed: number, act: GeneratedArtist, { album, year, random }: AlbumInput): AlbumPlan {
  const original = random.pick(earlierAlbums(seed, act, album));
  const edition = year > 2005 && random.chance(0.5) ? `Remastered ${year}` : 'Deluxe Edition';
  const suffix = edition.startsWith('Remastered') ? ` - ${edition}` : '';
  const extras = newTracks(album, 2 + random.below(4)).map((track) => ({ ...track, suffix: random.chance(0.6) ? ' - Demo' : ' - Alternate Take' }));
  const originals = original.plan.tracks.map((track) => ({ ...track, suffix }));
  return { kind: 'deluxe', title: `${original.plan.title} (${edition})`, year, tracks: [...originals, ...extras] };
}

function compilation(seed: number, act: GeneratedArtist, input: AlbumInput & { kind: 'best-of' | 'box' }): AlbumPlan {
  const { album, year, random, kind } = input;
  const earlier = earlierAlbums(seed, act, album);
  const earlierTracks = earlier.flatMap(({ plan }) => plan.tracks);
  const span = `${earlier[0]?.plan.year ?? year}–${year}`;
  if (kind === 'box') {
    const outtakes = newTracks(album, Math.max(12, 56 + random.below(50) - earlierTracks.length)).map((track) => ({
      ...track,
      suffix: random.chance(0.5) ? ' - Session Take' : ' - Outtake',
    }));
    return { kind, title: `The Complete Recordings, ${span}`, year, tracks: [...earlierTracks, ...outtakes].slice(0, TRACKS_PER_ALBUM_MAX - 1) };
  }
  const title = random.pick(['The Best of %', '% – Anthology', 'The Essential %', 'Introducing %']).replace('%', act.name);
  const size = 12 + random.below(9);
  const chosen = earlierTracks.filter((_, i) => mix(seed, album, i) % 100 < 70).slice(0, size);
  const additions = newTracks(album, Math.max(2, 8 - chosen.length));
  return { kind, title: random.chance(0.3) ? `${title} ${span}` : title, year, tracks: [...chosen, ...additions] };
}

function liveAlbum(seed: number, act: GeneratedArtist, { album, year, random }: AlbumInput): AlbumPlan {
  const songs = earlierAlbums(seed, act, album).flatMap(({ plan }) => plan.tracks);
  const venue = random.pick(VENUES);
  const count = Math.min(songs.length, 10 + random.below(6));
  const tracks = songs
    .slice(0, count)
    .map(({ album: from, number }, i) => ({ album, number: i + 1, suffix: ` - Live at ${venue}`, songOf: { album: from, number } }));
  return { kind: 'live', title: `Live at ${venue}`, year, tracks: tracks.length > 0 ? tracks : newTracks(album, 8) };
}
