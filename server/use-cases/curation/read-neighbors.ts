import type { Deps } from '#server/deps.ts';
import { findRecordingRefs } from '#server/repos/catalog/recording-refs.ts';
import { listLastLists, listListsWith } from '#server/repos/curation/neighbor-lists.ts';
import { describeUnknown, idOf, toLookup } from '#server/use-cases/policies/resolve-refs.ts';
import type { Policy, Seed } from '#shared/contracts/policies/policy.ts';
import { creditIndexOf } from '#shared/domain/catalog/credit-index.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { Example } from '#shared/domain/catalog/neighbors/examples.ts';
import { neighborsOf } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import { hasSound } from '#shared/domain/catalog/neighbors/sound-likeness.ts';
import { describeSeed } from '#shared/domain/policies/seed-words.ts';

/** What goes with the examples of a policy, and what a person should know about the examples. */
export interface ReadNeighbors {
  readonly neighbors: Neighbors | undefined;
  readonly notes: readonly string[];
}

/** A policy and when it was saved; null for a draft. */
interface PolicyWithExamples {
  readonly policy: Policy;
  readonly policySavedAt: Date | null;
}

/**
 * Reads what goes with the examples of each policy. Lists count that were made before the policy was saved, so what a version prefers does not change
 * with the lists that it makes, and a simulation prefers what the days curated later do. One entry per policy object with examples.
 */
export async function readNeighbors(
  deps: Pick<Deps, 'db' | 'now'>,
  loaded: LoadedCatalog,
  playlists: readonly PolicyWithExamples[],
): Promise<Map<Policy, ReadNeighbors>> {
  const read = new Map<Policy, ReadNeighbors>();
  for (const { policy, policySavedAt } of playlists) {
    if (policy.version !== 2 || read.has(policy) || policy.goesWith.seeds.length + policy.goesWith.avoid.length === 0) continue;
    read.set(policy, await readOne(deps, loaded, { goesWith: policy.goesWith, before: policySavedAt ?? deps.now() }));
  }
  return read;
}

interface ExamplesToRead {
  readonly goesWith: { readonly seeds: readonly Seed[]; readonly avoid: readonly Seed[] };
  readonly before: Date;
}

async function readOne({ db }: Pick<Deps, 'db'>, loaded: LoadedCatalog, { goesWith, before }: ExamplesToRead): Promise<ReadNeighbors> {
  const { catalog } = loaded;
  const examples = [...goesWith.seeds, ...goesWith.avoid];
  const recordings = await findRecordingRefs(db, toLookup(examples.flatMap((seed) => ('artistId' in seed || 'playlistIndex' in seed ? [] : [seed]))));
  const playlistIndexes = examples.flatMap((seed) => ('playlistIndex' in seed ? [seed.playlistIndex] : []));
  const lastLists = await listLastLists(db, { playlistIndexes, before });
  const rowOf = (id: number | undefined) => loaded.rowOf[id ?? -1] ?? -1;
  const rowsByArtist = rowsOfArtists(loaded, new Set(examples.flatMap((seed) => ('artistId' in seed ? [seed.artistId] : []))));
  const exampleOf = (seed: Seed): Example => {
    if ('artistId' in seed) return { kind: 'artist', rows: rowsByArtist.get(seed.artistId) ?? [] };
    if ('playlistIndex' in seed) return { kind: 'playlist', rows: known((lastLists.get(seed.playlistIndex) ?? []).map(rowOf)) };
    return { kind: 'recording', rows: known([rowOf(idOf(recordings, seed))]) };
  };
  const [seeds, avoid] = [goesWith.seeds.map(exampleOf), goesWith.avoid.map(exampleOf)];
  const rows = [...new Set([...seeds, ...avoid].flatMap((example) => example.rows))];
  const ids = rows.map((row) => catalog.recordingIds[row] ?? 0);
  const lists = await listListsWith(db, { recordingIds: ids, before });
  const absent = examples.filter((seed) => exampleOf(seed).rows.length === 0);
  return {
    neighbors: rows.length === 0 ? undefined : neighborsOf(catalog, { seeds, avoid, lists: lists.map((list) => list.map(rowOf)) }),
    notes: [...absentNotes(absent, lastLists), ...soundNotes({ catalog }, rows), ...(rows.length === 0 ? [NO_EXAMPLE] : [])],
  };
}

const NO_EXAMPLE = 'None of the examples can be used, so what the list goes with has no effect.';

const known = (rows: readonly number[]) => rows.filter((row) => row >= 0);

function rowsOfArtists({ catalog }: LoadedCatalog, wanted: ReadonlySet<string>): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  if (wanted.size === 0) return rows;
  const names = new Map(catalog.artistIds.flatMap((id, number) => (wanted.has(id) ? [[number, id] as const] : [])));
  const index = creditIndexOf(catalog);
  for (const [number, id] of names) rows.set(id, [...index.rowsByArtist(number)]);
  return rows;
}

const named = (seeds: readonly Seed[]) => seeds.map(describeSeed).join(', ');

/** Names examples that the catalog does not have, and playlists that are missing or have no list yet. */
function absentNotes(absent: readonly Seed[], lastLists: ReadonlyMap<number, readonly number[]>): string[] {
  const music = absent.filter((seed) => !('playlistIndex' in seed));
  const playlists = absent.flatMap((seed) => ('playlistIndex' in seed ? [seed] : []));
  const missing = playlists.filter(({ playlistIndex }) => !lastLists.has(playlistIndex));
  const empty = playlists.filter(({ playlistIndex }) => lastLists.has(playlistIndex));
  return [
    ...describeUnknown('named as an example', music.map(describeSeed)),
    ...(missing.length > 0 ? [`Not in the network, but named as an example by the policy: ${named(missing)}.`] : []),
    ...(empty.length > 0 ? [`Without a list when the policy was saved, so no example: ${named(empty)}.`] : []),
  ];
}

function soundNotes({ catalog }: Pick<LoadedCatalog, 'catalog'>, rows: readonly number[]): string[] {
  const silent = rows.filter((row) => !hasSound(catalog, row)).length;
  if (silent === 0) return [];
  const which = silent === rows.length ? 'No example has' : `${silent} of ${rows.length} examples have no`;
  return [`${which} known audio features: lists, albums and artists alone say what goes with ${silent === rows.length ? 'them' : 'these'}.`];
}
