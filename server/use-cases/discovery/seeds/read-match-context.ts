import type { Deps } from '#server/deps.ts';
import { countLists } from '#server/repos/discovery/list-counts.ts';
import { listListsWith } from '#server/repos/curation/neighbor-lists.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import type { MatchContext } from '#shared/domain/discovery/matchers/matcher.ts';
import { getSoundSpace } from './sound-spaces.ts';

/** Other recordings by the seeds' artists whose lists are read, the best known first. */
const BY_ARTISTS_MAX = 200;

/** Reads what matchers need to know about these seeds: the lists with them and their artists, how many lists there are of each recording, and the sound. */
export async function readMatchContext(
  deps: Pick<Deps, 'db' | 'now'>,
  { catalog, rowOf }: LoadedCatalog,
  seeds: readonly Example[],
): Promise<MatchContext> {
  const ids = [...new Set(seeds.flatMap(({ rows }) => rows).concat(rowsByArtists(catalog, seeds)))].flatMap((row) => catalog.recordingIds[row] ?? []);
  const lists = (await listListsWith(deps.db, { recordingIds: ids, before: deps.now() })).map((list) => list.map((id) => rowOf[id] ?? -1));
  const listed = new Uint32Array(catalog.size);
  const held = [...new Set(lists.flat())].flatMap((row) => catalog.recordingIds[row] ?? []);
  for (const [id, count] of await countLists(deps.db, held)) {
    const row = rowOf[id] ?? -1;
    if (row >= 0) listed[row] = count;
  }
  return { catalog, lists, listed, sound: await getSoundSpace(catalog) };
}

function rowsByArtists(catalog: Catalog, seeds: readonly Example[]): number[] {
  const artists = new Set(seeds.flatMap(({ rows }) => rows.flatMap((row) => (row < 0 ? [] : [...artistsOf(catalog, row)]))));
  const index = creditIndexOf(catalog);
  const rows = [...new Set([...artists].flatMap((artist) => [...index.rowsByArtist(artist)]))];
  const popularity = (row: number) => catalog.numbers.popularity[row] ?? Number.NaN;
  return rows.toSorted((a, b) => (popularity(b) || 0) - (popularity(a) || 0) || a - b).slice(0, BY_ARTISTS_MAX);
}
