import type { Deps } from '#server/deps.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import { listLastLists } from '#server/repos/curation/neighbor-lists.ts';
import type { SeedInput } from '#shared/contracts/discovery/seeds.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';

/** Seeds as rows of the catalog, and a sentence for each that cannot be used. */
export interface ReadSeeds {
  readonly examples: readonly Example[];
  readonly notes: readonly string[];
}

/** Resolves seeds in the catalog. A merged recording is the one it became. */
export async function readSeeds(deps: Pick<Deps, 'db' | 'now'>, loaded: LoadedCatalog, seeds: readonly SeedInput[]): Promise<ReadSeeds> {
  const of = <K extends SeedInput['kind']>(kind: K) => seeds.filter((seed): seed is Extract<SeedInput, { kind: K }> => seed.kind === kind);
  const recordings = await findRecordingRefs(deps.db, { ids: of('recording').map((seed) => seed.recordingId), isrcs: [], trackIds: [] });
  const albums = await listRecordingsOnAlbums(
    deps.db,
    of('album').map(({ albumId }) => albumId),
  );
  const playlists = await listLastLists(deps.db, { playlistIndexes: of('playlist').map(({ index }) => index), before: deps.now() });
  const rowsOf = (ids: readonly number[]) => ids.map((id) => loaded.rowOf[id] ?? -1).filter((row) => row >= 0);
  const read = seeds.map((seed): { example: Example; note: string } => {
    switch (seed.kind) {
      case 'recording': {
        const id = recordings.byId.get(seed.recordingId);
        return {
          example: { kind: 'recording', rows: rowsOf(id === undefined ? [] : [id]) },
          note: `Recording ${seed.recordingId} is not in the catalog.`,
        };
      }
      case 'artist':
        return {
          example: { kind: 'artist', rows: rowsByArtist(loaded, seed.artistId) },
          note: `Artist ${seed.artistId} has no recording in the catalog.`,
        };
      case 'album':
        return { example: { kind: 'playlist', rows: rowsOf(albums.get(seed.albumId) ?? []) }, note: `Album ${seed.albumId} is not in the catalog.` };
      case 'playlist':
        break;
    }
    return { example: { kind: 'playlist', rows: rowsOf(playlists.get(seed.index) ?? []) }, note: `Playlist ${seed.index} has no list yet.` };
  });
  return {
    examples: read.flatMap(({ example }) => (example.rows.length > 0 ? [example] : [])),
    notes: read.flatMap(({ example, note }) => (example.rows.length > 0 ? [] : [note])),
  };
}

function rowsByArtist({ catalog }: LoadedCatalog, artistId: string): number[] {
  const number = catalog.artistIds.indexOf(artistId);
  return [...creditIndexOf(catalog).rowsByArtist(number)];
}
