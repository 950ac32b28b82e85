import { ARTISTS_PER_BLOCK, artistsOfBlock, ALBUMS_PER_BLOCK, SALT } from './generated-artists.ts';
import type { GeneratedArtist } from './generated-artists.ts';
import { planAlbum } from './album-plan.ts';
import type { AlbumPlan } from './album-plan.ts';
import { songTitles } from './naming.ts';
import { memoizeRecent } from './recent-cache.ts';
import { mix, seededRandom } from './seeded-random.ts';

/** Number of cached blocks: enough for sequential reads, a few megabytes at most. */
const BLOCKS_CACHED = 200;

/** The generated artists, album plans and song titles; pure in the seed, cached for the most recently used blocks. */
export interface CatalogGenerator {
  readonly seed: number;
  artist(index: number): GeneratedArtist;
  artistOf(album: number): GeneratedArtist;
  plan(album: number): AlbumPlan;
  /** The title of the song first released on this album with this track number. */
  title(song: { album: number; number: number }): string;
}

export function createCatalogGenerator(seed: number): CatalogGenerator {
  const block = memoizeRecent(BLOCKS_CACHED, (number: number) => artistsOfBlock(seed, number));
  const act = (index: number) => required(block(Math.floor(index / ARTISTS_PER_BLOCK))[index % ARTISTS_PER_BLOCK], 'act', index);
  const actOf = (album: number) => {
    const acts = block(Math.floor(album / ALBUMS_PER_BLOCK));
    return required(
      acts.find(({ firstAlbum, albumCount }) => album < firstAlbum + albumCount),
      'act of album',
      album,
    );
  };
  const plan = memoizeRecent(BLOCKS_CACHED * ALBUMS_PER_BLOCK, (album: number) => planAlbum(seed, actOf(album), album));
  const titles: (album: number) => readonly string[] = memoizeRecent(BLOCKS_CACHED * ALBUMS_PER_BLOCK, (album: number) => {
    const artist = actOf(album);
    const used = new Set<string>();
    for (let earlier = artist.firstAlbum; earlier < album; earlier++) for (const title of titles(earlier)) used.add(title);
    const count = plan(album).tracks.reduce(
      (highest, track) => (track.album === album && !track.songOf ? Math.max(highest, track.number) : highest),
      0,
    );
    return songTitles(seededRandom(mix(seed, SALT.titles, album + 0x10000000)), artist, { count, used });
  });
  return { seed, artist: act, artistOf: actOf, plan, title: ({ album, number }) => required(titles(album)[number - 1], 'song of album', album) };
}

function required<T>(value: T | undefined, what: string, number: number): T {
  if (value === undefined) throw new RangeError(`There is no ${what} ${number}.`);
  return value;
}
