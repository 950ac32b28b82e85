import type { Deps } from '#server/deps.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import type { FoundRecordings } from '#server/repos/catalog/recording-refs.ts';
import type { Policy, RecordingRef } from '#shared/contracts/policies/policy.ts';
import { bannedRows, NO_REFS, describeRecordingRef } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';

const NAMES_SHOWN_MAX = 3;

/** Resolves each policy's pins and bans in the catalog and lists what the catalog does not have. One entry per policy object. */
export async function resolveRefs(deps: Pick<Deps, 'db'>, loaded: LoadedCatalog, policies: readonly Policy[]): Promise<Map<Policy, PolicyRefs>> {
  const policiesWithRefs = policies.filter(hasRefs);
  const refs = policiesWithRefs.flatMap((policy) => [...policy.pins.map((pin) => pin.recording), ...policy.bans.recordings]);
  const albums = [...new Set(policiesWithRefs.flatMap((policy) => policy.bans.albums))];
  const recordings = refs.length === 0 ? undefined : await findRecordingRefs(deps.db, toLookup(refs));
  const onAlbums = await listRecordingsOnAlbums(deps.db, albums);
  const rowOf = (ref: RecordingRef) => loaded.rowOf[idOf(recordings, ref) ?? -1] ?? -1;
  return new Map(policies.map((policy) => [policy, hasRefs(policy) ? refsOf(policy, { loaded, rowOf, onAlbums }) : NO_REFS]));
}

interface ResolvedRefs {
  readonly loaded: LoadedCatalog;
  readonly onAlbums: ReadonlyMap<string, readonly number[]>;
  readonly rowOf: (ref: RecordingRef) => number;
}

function refsOf(policy: Policy, { loaded, rowOf, onAlbums }: ResolvedRefs): PolicyRefs {
  const { pins, bans } = policy;
  const artists = new Set(bans.artists.length > 0 ? loaded.catalog.artistIds : []);
  const named = [...bans.recordings.map(rowOf), ...bans.albums.flatMap((album) => (onAlbums.get(album) ?? []).map((id) => loaded.rowOf[id] ?? -1))];
  return {
    pins: pins.flatMap(({ recording, position }) => (rowOf(recording) < 0 ? [] : [{ row: rowOf(recording), position: position ?? null }])),
    banned: bannedRows(loaded.catalog, bans, named),
    unknown: [
      ...describeUnknown(
        'pinned',
        pins
          .map((pin) => pin.recording)
          .filter((ref) => rowOf(ref) < 0)
          .map(describeRecordingRef),
      ),
      ...describeUnknown('banned', bans.recordings.filter((ref) => rowOf(ref) < 0).map(describeRecordingRef)),
      ...describeUnknown(
        'banned',
        bans.artists.filter((id) => !artists.has(id)).map((id) => `artist ${id}`),
      ),
      ...describeUnknown(
        'banned',
        bans.albums.filter((id) => !onAlbums.has(id)).map((id) => `album ${id}`),
      ),
    ],
  };
}

function hasRefs({ pins, bans }: Policy): boolean {
  return pins.length + bans.recordings.length + bans.artists.length + bans.albums.length > 0;
}

/** Names that the catalog does not have as a sentence; none when there are none. */
export function describeUnknown(verb: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown =
    names.length > NAMES_SHOWN_MAX ? `${names.slice(0, NAMES_SHOWN_MAX).join(', ')} and ${names.length - NAMES_SHOWN_MAX} more` : names.join(', ');
  return [`Not in the catalog, but ${verb} by the policy: ${shown}.`];
}

/** References by their kind, as the lookup wants them. */
export function toLookup(refs: readonly RecordingRef[]) {
  return {
    ids: refs.flatMap((ref) => ('recordingId' in ref ? [ref.recordingId] : [])),
    isrcs: refs.flatMap((ref) => ('isrc' in ref ? [ref.isrc] : [])),
    trackIds: refs.flatMap((ref) => ('trackId' in ref ? [ref.trackId] : [])),
  };
}

/** The recording that a reference found; undefined when it found none. */
export function idOf(recordings: FoundRecordings | undefined, ref: RecordingRef): number | undefined {
  if ('recordingId' in ref) return recordings?.byId.get(ref.recordingId);
  return 'isrc' in ref ? recordings?.byIsrc.get(ref.isrc) : recordings?.byTrack.get(ref.trackId);
}
