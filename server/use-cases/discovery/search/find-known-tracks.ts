import type { Deps } from '#server/deps.ts';
import type { FoundTrack } from '#server/providers/search-ports.ts';
import { findRecordingRefs } from '#server/repos/catalog/recording-refs.ts';
import { listByMatchKeys } from '#server/repos/discovery/search-hits.ts';
import { matchKey, SAME_RECORDING_WITHIN_MS } from '#shared/domain/catalog/recording-identity.ts';

/** The recordings that tracks of Spotify's belong to, by track id: by the track, by its ISRC, or by title, artists and length. Others are absent. */
export async function findKnownTracks(deps: Pick<Deps, 'db'>, tracks: readonly FoundTrack[]): Promise<ReadonlyMap<string, number>> {
  const refs = await findRecordingRefs(deps.db, {
    ids: [],
    isrcs: tracks.flatMap(({ isrc }) => isrc ?? []),
    trackIds: tracks.map(({ id }) => id),
  });
  const similar = await listByMatchKeys(deps.db, tracks.map(keyOf));
  const known = tracks.flatMap((track) => {
    const key = keyOf(track);
    const same = similar.find((row) => row.matchKey === key && Math.abs(row.durationMs - track.durationMs) <= SAME_RECORDING_WITHIN_MS);
    const found = refs.byTrack.get(track.id) ?? refs.byIsrc.get(track.isrc ?? '') ?? same?.id;
    return found === undefined ? [] : [[track.id, found] as const];
  });
  return new Map(known);
}

function keyOf({ name, artists }: FoundTrack): string {
  return matchKey(
    name,
    artists.map((artist) => artist.name),
  );
}
