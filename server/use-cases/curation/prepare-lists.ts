import type { Deps } from '#server/deps.ts';
import { listMarks } from '#server/repos/curation/recent-placements.ts';
import type { MarkRow } from '#server/repos/curation/recent-placements.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import type { ListMark, ListOfDay } from '#shared/domain/curation/curate-day.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { resolveRefs } from '#server/use-cases/policies/resolve-refs.ts';
import { readNeighbors } from './read-neighbors.ts';
import type { ReadNeighbors } from './read-neighbors.ts';

/** A playlist with the policy to curate it by: its own, or a draft. */
export type PlaylistToCurate = Pick<CuratedPlaylist, 'globalIndex' | 'themeTag' | 'policyFamilyId' | 'policy'> & {
  readonly id: string;
  readonly policyId: string;
  /** Null for a draft. */
  readonly policySavedAt: Date | null;
};

/**
 * Reads what is needed to curate playlists from a day on: the pins and bans of their policies, resolved in the catalog, and the marks of single
 * playlists. Returns a function that gives the lists of any day from `from` on.
 */
export async function prepareLists(
  deps: Pick<Deps, 'db' | 'now'>,
  loaded: LoadedCatalog,
  { from, playlists }: { from: string; playlists: readonly PlaylistToCurate[] },
): Promise<(day: string) => ListOfDay[]> {
  const refs = await resolveRefs(deps, loaded, [...new Set(playlists.map((playlist) => playlist.policy))]);
  const neighbors = await readNeighbors(deps, loaded, playlists);
  const marks = new Map<string, MarkRow[]>();
  for (const mark of await listMarks(deps.db, from)) marks.set(mark.playlistId, [...(marks.get(mark.playlistId) ?? []), mark]);
  return (day) =>
    playlists.map((playlist) => ({
      id: playlist.id,
      globalIndex: playlist.globalIndex,
      themeTag: playlist.themeTag,
      policyId: playlist.policyId,
      policyFamilyId: playlist.policyFamilyId,
      policy: playlist.policy,
      refs: withNeighbors(refs.get(playlist.policy) ?? NO_REFS, neighbors.get(playlist.policy)),
      marks: (marks.get(playlist.id) ?? []).flatMap((mark) => markOn(loaded, mark, day)),
    }));
}

/** The references of a policy with what goes with its examples. */
export function withNeighbors(refs: PolicyRefs, read: ReadNeighbors | undefined): PolicyRefs {
  return read ? { ...refs, neighbors: read.neighbors, unknown: [...refs.unknown, ...read.notes] } : refs;
}

function markOn({ rowOf }: LoadedCatalog, mark: MarkRow, day: string): ListMark[] {
  const row = rowOf[mark.recordingId] ?? -1;
  const isInForce = mark.sinceDay <= day && (mark.untilDay === null || mark.untilDay > day);
  return isInForce && row >= 0 ? [{ row, kind: mark.kind, position: mark.position }] : [];
}
