import { ARTISTS_PER_BLOCK, SALT } from './generated-artists.ts';
import type { GeneratedArtist } from './generated-artists.ts';
import { TRACKS_PER_ALBUM_MAX } from './album-plan.ts';
import type { AlbumKind, PlannedTrack } from './album-plan.ts';
import type { SandboxAlbum, SandboxArtistName, SandboxTrack } from './catalog.ts';
import type { createIsrcs } from './isrcs.ts';
import { idFor } from './reversible-ids.ts';
import { mix, seededRandom } from './seeded-random.ts';
import type { CatalogGenerator } from './catalog-generator.ts';

/** Tracks per disc of a box set. */
const TRACKS_PER_DISC = 24;

const ALBUM_TYPES = {
  studio: 'album',
  live: 'album',
  deluxe: 'album',
  single: 'single',
  ep: 'single',
  'best-of': 'compilation',
  box: 'compilation',
} as const satisfies Record<AlbumKind, SandboxAlbum['albumType']>;

/** The recording's key: (album, number) as one integer. */
export function recordingKey({ album, number }: { readonly album: number; readonly number: number }): number {
  return album * TRACKS_PER_ALBUM_MAX + number;
}

/** Generates an album with its tracks. */
export function generateAlbum(generator: CatalogGenerator, isrcs: ReturnType<typeof createIsrcs>, album: number): SandboxAlbum {
  const { seed } = generator;
  const act = generator.artistOf(album);
  const plan = generator.plan(album);
  const tracks = plan.tracks.map((planned, i): SandboxTrack => {
    const { year } = generator.plan(planned.album);
    const { title, artists, durationMs, explicit } = recordingDetails(generator, planned);
    return {
      id: idFor(seed, 'track', album * TRACKS_PER_ALBUM_MAX + i + 1),
      name: title + planned.suffix,
      artists,
      durationMs,
      explicit: explicit && year > 1985,
      discNumber: 1 + Math.floor(i / TRACKS_PER_DISC),
      trackNumber: 1 + (i % TRACKS_PER_DISC),
      isrc: isrcs.isrcOf(recordingKey(planned), act.country, year),
      popularity: Math.max(0, Math.round(act.popularity - 3 - (mix(seed, album, i) % 30))),
    };
  });
  const release = releaseDate(seed, album, plan.year);
  return {
    id: idFor(seed, 'album', album),
    name: plan.title,
    albumType: ALBUM_TYPES[plan.kind],
    artists: [artistName(seed, act)],
    releaseDate: release.date,
    releaseDatePrecision: release.precision,
    label: act.label,
    upc: `0${String(190_000_000_000 + album * 7)}`,
    popularity: Math.max(0, act.popularity - (mix(seed, album) % 20)),
    tracks,
  };
}

const artistName = (seed: number, act: GeneratedArtist): SandboxArtistName => ({ id: idFor(seed, 'artist', act.index), name: act.name });

/** The release date; old releases often have only a year. */
export function releaseDate(seed: number, album: number, year: number): { date: string; precision: 'year' | 'month' | 'day' } {
  const random = seededRandom(mix(seed, SALT.face, album));
  const yearOnly = year < 1966 ? 0.65 : year < 1980 ? 0.3 : 0.02;
  if (random.chance(yearOnly)) return { date: String(year), precision: 'year' };
  // The catalog's last year, 2026, is incomplete.
  const month = String(1 + random.below(year >= 2026 ? 10 : 12)).padStart(2, '0');
  if (random.chance(0.005)) return { date: `${year}-${month}`, precision: 'month' };
  return { date: `${year}-${month}-${String(1 + random.below(28)).padStart(2, '0')}`, precision: 'day' };
}

/** The properties of a recording that are the same on every release. */
export function recordingDetails(
  generator: CatalogGenerator,
  planned: PlannedTrack,
): { title: string; artists: SandboxArtistName[]; durationMs: number; explicit: boolean } {
  const { seed } = generator;
  const act = generator.artistOf(planned.album);
  const song = planned.songOf ?? planned;
  const random = seededRandom(mix(seed, SALT.track, recordingKey(planned)));
  const guest = guestOf(generator, act, recordingKey(song));
  const title = generator.title(song);
  return {
    title: guest?.named ? `${title} (feat. ${guest.act.name})` : title,
    artists: [artistName(seed, act), ...(guest ? [artistName(seed, guest.act)] : [])],
    durationMs: Math.round(Math.max(31, random.bell(act.genre.seconds, act.genre.seconds * 0.17)) * 1000) + random.below(1000),
    explicit: random.chance(act.genre.explicit),
  };
}

/** Guest artists are from the same block and scene; features are more frequent in hip-hop, electronic and soul. */
function guestOf(generator: CatalogGenerator, act: GeneratedArtist, song: number): { act: GeneratedArtist; named: boolean } | undefined {
  const random = seededRandom(mix(generator.seed, SALT.guests, song));
  const { scene, speechiness } = act.genre;
  const share = speechiness > 0.09 ? 0.28 : scene === 'electronic' || scene === 'soul' ? 0.14 : 0.05;
  if (!random.chance(share)) return undefined;
  const other = act.index - (act.index % ARTISTS_PER_BLOCK) + random.below(ARTISTS_PER_BLOCK);
  const guest = other === act.index ? undefined : generator.artist(other);
  return guest?.genre.scene === scene ? { act: guest, named: random.chance(0.6) } : undefined;
}
