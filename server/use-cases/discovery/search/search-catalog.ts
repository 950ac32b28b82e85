import type { Deps } from '#server/deps.ts';
import { listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import { findByReference, listAlbumHits, listArtistHits, listPlaylistHits, listTrackHits } from '#server/repos/discovery/search-hits.ts';
import type { CatalogAnswer, SearchInput } from '#shared/contracts/discovery/search.ts';
import { matchPlaylists } from '#shared/domain/discovery/search/match-playlists.ts';
import { readSearchQuery } from '#shared/domain/discovery/search/read-query.ts';
import type { ReadQuery, WordsQuery } from '#shared/domain/discovery/search/read-query.ts';
import { findEntries } from './find-entries.ts';

const NOTHING = { tracks: [], artists: [], albums: [], playlists: [], notice: null } satisfies CatalogAnswer;

const REFUSED = {
  local_file: 'Local files are not on Spotify. Search for the title instead.',
  not_music: 'This link is to a podcast, an audiobook or a person. Paste a link to a track, an album, an artist or a playlist.',
  unreadable: 'This is not a complete Spotify link. Copy it again, or search for the title.',
} as const;

const NOT_HERE = {
  track: 'This track is not in the catalog. Import its album, or search for the title.',
  album: 'This album is not in the catalog. Import it, or search for another.',
  artist: 'This artist is not in the catalog. Import an album by them.',
  playlist: 'This playlist is not one of the network. Its tracks can be found by title.',
  any: 'Nothing in the catalog has this id.',
  isrc: 'No recording in the catalog has this ISRC.',
} as const;

/**
 * Finds recordings, artists, albums and playlists by words in any script, with typos, by "artist - title", ISRC or Spotify link. In the catalog only: no
 * request leaves the server.
 */
export async function searchCatalog(deps: Pick<Deps, 'db'>, { query: text, limit }: Pick<SearchInput, 'query' | 'limit'>): Promise<CatalogAnswer> {
  const query = readSearchQuery(text);
  if (query === undefined) return NOTHING;
  if (query.kind === 'refused') return { ...NOTHING, notice: REFUSED[query.why] };
  return query.kind === 'words' ? searchWordsOf(deps, query, limit) : lookUp(deps, query, limit);
}

async function searchWordsOf(deps: Pick<Deps, 'db'>, query: WordsQuery, limit: number): Promise<CatalogAnswer> {
  const entries = await findEntries(deps, query);
  const refs = (kind: string) => entries.flatMap((entry) => (entry.kind === kind ? [entry.ref] : [])).slice(0, limit);
  const [tracks, artists, albums, playlists] = [
    await listTrackHits(deps.db, refs('recording').map(Number)),
    await listArtistHits(deps.db, refs('artist')),
    await listAlbumHits(deps.db, refs('album')),
    matchPlaylists(query, await listPlaylistHits(deps.db)),
  ];
  return { tracks, artists, albums, playlists: playlists.slice(0, limit), notice: null };
}

async function lookUp(deps: Pick<Deps, 'db'>, query: Extract<ReadQuery, { kind: 'isrc' | 'link' }>, limit: number): Promise<CatalogAnswer> {
  const found = await findByReference(deps.db, query.kind === 'isrc' ? { isrc: query.isrc } : { id: query.id });
  const onAlbums = await listRecordingsOnAlbums(deps.db, found.albumIds);
  const tracks = await listTrackHits(deps.db, [...found.recordingIds, ...[...onAlbums.values()].flat()].slice(0, limit));
  const playlists = found.playlistIndexes.length === 0 ? [] : await listPlaylistHits(deps.db);
  const answer = {
    tracks,
    artists: await listArtistHits(deps.db, found.artistIds),
    albums: await listAlbumHits(deps.db, found.albumIds),
    playlists: playlists.filter(({ index }) => index !== null && found.playlistIndexes.includes(index)),
  };
  const isEmpty = Object.values(answer).every((hits) => hits.length === 0);
  return { ...answer, notice: isEmpty ? NOT_HERE[query.kind === 'isrc' ? 'isrc' : query.type] : null };
}
