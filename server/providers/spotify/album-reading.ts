import { spotifyAlbumId, spotifyArtistId, spotifyTrackId } from '#shared/ids.ts';
import { normalizeIsrc } from '#shared/domain/catalog/isrc.ts';
import type { AlbumReading, CatalogArtist, CatalogTrack } from '../ports.ts';
import type { AlbumWire, ArtistsWire, TrackPageWire, TrackWire } from './wire.ts';

/** Maximum pages of one album; Spotify's longest albums have a few hundred tracks. */
const PAGES_MAX = 40;

/** Reads the page of an album's tracks at an offset. Undefined when its format is unknown. */
export type ReadPage = (offset: number) => Promise<TrackPageWire | undefined>;

/** Reads an album's remaining pages and returns the result. Always terminates, even when pages shrink, repeat or never end. */
export async function toAlbumReading(album: AlbumWire, readPage: ReadPage): Promise<AlbumReading> {
  if (isRegionBlocked(album)) return { kind: 'region_blocked' };
  const items: (TrackWire | null)[] = [...album.tracks.items];
  const expected = Math.max(album.tracks.total, items.length);
  let page = album.tracks;
  for (let pages = 1; page.next !== null && items.length < expected && pages < PAGES_MAX; pages += 1) {
    const from = items.length;
    const next = await readPage(from);
    if (!next) return { kind: 'unreadable' };
    if (next.items.length === 0 || (next.offset !== null && next.offset !== from)) break;
    items.push(...next.items);
    page = next;
  }
  return toReading(album, items, expected);
}

function toReading(album: AlbumWire, items: readonly (TrackWire | null)[], expected: number): AlbumReading {
  // No page of tracks says nothing about an album that has some.
  if (expected === 0 && album.total_tracks !== null && album.total_tracks > 0) return { kind: 'incomplete', expected: album.total_tracks, got: 0 };
  if (expected === 0) return { kind: 'empty' };
  if (items.every((item) => item === null)) return { kind: 'unreadable' };
  const tracks = new Map<string, CatalogTrack>();
  const positions = new Set<string>();
  let skippedItems = 0;
  for (const item of items) {
    const track = item && trackOf(item);
    if (!track) {
      skippedItems += 1;
      continue;
    }
    // A track may be on its album twice; the same track at the same position is a repeated item.
    positions.add(`${track.id} ${track.discNumber} ${track.trackNumber}`);
    if (!tracks.has(track.id)) tracks.set(track.id, track);
  }
  const got = positions.size + skippedItems;
  if (got < expected) return { kind: 'incomplete', expected, got };
  const id = spotifyAlbumId.safeParse(album.id);
  if (!id.success) return { kind: 'unreadable' };
  if (tracks.size === 0) return { kind: 'empty' };
  return {
    kind: 'found',
    album: {
      id: id.data,
      name: album.name ?? '',
      albumType: album.album_type,
      artists: artistsOf(album.artists),
      totalTracks: expected,
      releaseDate: releaseDateOf(album.release_date),
      imageUrl: album.images?.find((image) => image !== null)?.url ?? null,
      upc: album.external_ids?.upc ?? null,
      tracks: [...tracks.values()],
      skippedItems,
    },
  };
}

/** Undefined for items that are not catalog tracks: local files, episodes, tracks without an id. One that cannot be read is null before. */
function trackOf(wire: TrackWire): CatalogTrack | undefined {
  const id = spotifyTrackId.safeParse(wire.id);
  if (!id.success || wire.is_local || (wire.type !== null && wire.type !== 'track')) return undefined;
  return {
    id: id.data,
    name: wire.name ?? '',
    durationMs: Math.round(wire.duration_ms),
    explicit: wire.explicit,
    discNumber: wire.disc_number ?? 1,
    trackNumber: wire.track_number ?? 0,
    artists: artistsOf(wire.artists),
    isrc: normalizeIsrc(wire.external_ids?.isrc),
    popularity: wire.popularity,
  };
}

function artistsOf(wires: ArtistsWire): CatalogArtist[] {
  return (wires ?? []).flatMap((artist) => {
    const parsed = spotifyArtistId.safeParse(artist?.id);
    return parsed.success ? [{ id: parsed.data, name: artist?.name ?? '' }] : [];
  });
}

/** Spotify sends `0000` for an unknown date. */
function releaseDateOf(text: string | null): string | null {
  return text !== null && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) && !text.startsWith('0000') ? text : null;
}

/** True for an explicit market restriction, or when Spotify says of every track that it is not playable. What it leaves out is unknown. */
function isRegionBlocked({ restrictions, tracks }: AlbumWire): boolean {
  if (restrictions?.reason === 'market') return true;
  return tracks.items.length > 0 && tracks.items.every((track) => track?.is_playable === false);
}
