import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listDislikes } from '#server/repos/discovery/dislikes.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import type { RowSet } from '#shared/domain/catalog/row-set.ts';
import { bannedRows } from '#shared/domain/policies/policy-refs.ts';

/** What a request leaves out, beside what its listener dislikes. */
interface Excluded {
  readonly recordings: readonly number[];
  readonly artists: readonly string[];
}

const NOTHING: Excluded = { recordings: [], artists: [] };

/** The rows that must not be offered to the caller: what they dislike, and what the request excludes. Undefined when there are none. */
export async function readUnwanted(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { loaded, exclude = NOTHING }: { readonly loaded: LoadedCatalog; readonly exclude?: Excluded },
): Promise<RowSet | undefined> {
  const disliked = actor.kind === 'user' ? await listDislikes(deps.db, actor.userId) : [];
  const recordings = [...exclude.recordings, ...disliked.flatMap(({ recordingId }) => recordingId ?? [])].map((id) => loaded.rowOf[id] ?? -1);
  const artists = [...exclude.artists, ...disliked.flatMap(({ artistId }) => artistId ?? [])];
  return bannedRows(loaded.catalog, { artists, albums: [] }, recordings);
}
