import type { Bans, RecordingRef } from '#shared/contracts/policies/policy.ts';
import { artistsOf } from '#shared/domain/catalog/catalog-columns.ts';
import type { Neighbors } from '#shared/domain/catalog/neighbors/neighbors.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';

/** A pin of a policy as a catalog row. */
export interface PinnedRow {
  readonly row: number;
  readonly position: number | null;
}

/** The recordings, artists and albums that a policy names, resolved to catalog rows. */
export interface PolicyRefs {
  readonly pins: readonly PinnedRow[];
  /** Rows that the policy bans; undefined when it bans nothing. */
  readonly banned: RowSet | undefined;
  /** Names that the catalog does not have, each as a sentence. */
  readonly unknown: readonly string[];
  /** How well each row goes with the examples of a version 2 policy; undefined without examples in the catalog. */
  readonly neighbors?: Neighbors | undefined;
}

export const NO_REFS: PolicyRefs = { pins: [], banned: undefined, unknown: [] };

/** The rows that a policy bans: named recordings, and everything by a banned artist or from a banned album. Undefined when there are no bans. */
export function bannedRows(catalog: Catalog, bans: Pick<Bans, 'artists' | 'albums'>, named: readonly number[]): RowSet | undefined {
  if (named.length + bans.artists.length + bans.albums.length === 0) return undefined;
  const banned = new RowSet(
    catalog.size,
    named.filter((row) => row >= 0),
  );
  const artists = numbersOf(catalog.artistIds, bans.artists);
  const albums = numbersOf(catalog.albumIds, bans.albums);
  if (artists.size + albums.size === 0) return banned;
  for (let row = 0; row < catalog.size; row++) {
    if (albums.has(catalog.albums[row] ?? -1) || artistsOf(catalog, row).some((artist) => artists.has(artist))) banned.add(row);
  }
  return banned;
}

function numbersOf(ids: readonly string[], wanted: readonly string[]): Set<number> {
  const wantedIds = new Set(wanted);
  const numbers = new Set<number>();
  if (wantedIds.size > 0) ids.forEach((id, number) => wantedIds.has(id) && numbers.add(number));
  return numbers;
}

/** How a policy names a recording, as text. */
export function describeRecordingRef(ref: RecordingRef): string {
  if ('recordingId' in ref) return `recording ${ref.recordingId}`;
  return 'isrc' in ref ? `ISRC ${ref.isrc}` : `Spotify track ${ref.trackId}`;
}
