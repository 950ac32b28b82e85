import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { chanceOf } from '#shared/domain/hash.ts';
import { AUDIO_FEATURES } from '#shared/vocabulary.ts';
import { realData } from '#tests/support/real-data.ts';
import { readCsv } from '../lists/csv.ts';

/** Lists with hidden recordings, as rows of a catalog. */
export interface Continuation {
  readonly catalog: Catalog;
  readonly lists: readonly { readonly known: readonly number[]; readonly hidden: readonly number[] }[];
}

type Line = Readonly<Record<string, string>>;

/** Reads a split of ../shared/data/eval; undefined where the data is absent. */
export function readContinuation(set: 'playlist-continuation' | 'cold-start'): Continuation | undefined {
  const [items, train, test] = ['items', 'train', 'test'].map((part) => realData(`eval/${set}/${part}.csv.gz`));
  if (!items || !train || !test) return undefined;
  const lines = readCsv(items);
  const rowOf = new Map(lines.map((line, row) => [line['track_id'] ?? '', row]));
  const lists = new Map<string, { known: number[]; hidden: number[] }>();
  for (const [path, part] of [
    [train, 'known'],
    [test, 'hidden'],
  ] as const)
    for (const { list_id: id = '', item_id: item = '' } of readCsv(path)) {
      const list = lists.get(id) ?? { known: [], hidden: [] };
      lists.set(id, list);
      const row = rowOf.get(item);
      if (row !== undefined) list[part].push(row);
    }
  return { catalog: catalogOf(lines), lists: [...lists.values()] };
}

function catalogOf(lines: readonly Line[]): Catalog {
  const builder = createCatalogBuilder(lines.length, { texts: true });
  lines.forEach((line, row) => {
    const artist = line['artist_id'] ?? line['track_artist'] ?? '';
    const popularity = line['track_popularity'];
    const release = line['track_album_release_date'] ?? '';
    builder.add({
      recordingId: row + 1,
      title: line['track_name'] ?? line['track_id'] ?? '',
      artistIds: [artist],
      artistNames: [artist],
      albumId: line['album_id'] ?? line['track_album_id'] ?? '',
      durationMs: line['duration_ms'] ? Number(line['duration_ms']) : Number(line['duration_sec'] ?? 200) * 1000,
      explicit: null,
      popularity: popularity ? Number(popularity) : null,
      releasedOn: release === '' ? null : `${release}-01-01`.slice(0, 10),
      ingestedOn: '2026-01-01',
      hasIsrc: false,
      features: AUDIO_FEATURES.map((feature) => (line[feature] ? Number(line[feature]) : null)),
      featuresSource: 'spotify',
      genres: [],
      moods: [],
    });
  });
  return builder.build();
}

/** A split of the known part alone: one recording in five of each list is hidden, so that weights are never learned on the test. */
export function carveValidation({ catalog, lists }: Continuation, salt: number): Continuation {
  return {
    catalog,
    lists: lists.map(({ known }, at) => {
      const isHidden = known.map((row) => chanceOf(salt + at, row) < 0.2);
      return { known: known.filter((_, index) => !isHidden[index]), hidden: known.filter((_, index) => isHidden[index]) };
    }),
  };
}

/** The first seeds of a list in an order by lot. */
export function seedsOf(known: readonly number[], count: number, salt: number): number[] {
  return known.toSorted((a, b) => chanceOf(salt, a) - chanceOf(salt, b) || a - b).slice(0, count);
}

/** NDCG@50 of a ranking, of which the known part of the list is left out. */
export function ndcg50(
  ranking: Iterable<number>,
  { known, hidden }: { readonly known: readonly number[]; readonly hidden: readonly number[] },
): number {
  const [leftOut, wanted] = [new Set(known), new Set(hidden)];
  let [place, gain] = [0, 0];
  for (const row of ranking) {
    if (leftOut.has(row)) continue;
    place += 1;
    if (place > 50) break;
    if (wanted.has(row)) gain += 1 / Math.log2(place + 1);
  }
  let ideal = 0;
  for (let at = 1; at <= Math.min(wanted.size, 50); at++) ideal += 1 / Math.log2(at + 1);
  return gain / ideal;
}
