import type { Deps } from '#server/deps.ts';
import { findRecordingRefs, listRecordingsOnAlbums } from '#server/repos/catalog/recording-refs.ts';
import type { FoundRecordings } from '#server/repos/catalog/recording-refs.ts';
import type { PolicyV1, RecordingRef } from '#shared/contracts/policies/policy.ts';
import { bannedRows, NO_REFS, refWords } from '#shared/domain/policies/policy-refs.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';
import type { LoadedCatalogue } from '#server/use-cases/catalog/load-catalog.ts';

const NAMED_MAX = 3;

/** Finds what each policy pins and bans in the catalogue, and names what the catalogue does not have. One answer a policy object. */
export async function resolveRefs(
  deps: Pick<Deps, 'db'>,
  loaded: LoadedCatalogue,
  policies: readonly PolicyV1[],
): Promise<Map<PolicyV1, PolicyRefs>> {
  const naming = policies.filter(namesSomething);
  const refs = naming.flatMap((policy) => [...policy.pins.map((pin) => pin.recording), ...policy.bans.recordings]);
  const albums = [...new Set(naming.flatMap((policy) => policy.bans.albums))];
  const found = refs.length === 0 ? undefined : await findRecordingRefs(deps.db, wantedOf(refs));
  const onAlbums = await listRecordingsOnAlbums(deps.db, albums);
  const rowOf = (ref: RecordingRef) => loaded.rowOf[idOf(found, ref) ?? -1] ?? -1;
  return new Map(policies.map((policy) => [policy, namesSomething(policy) ? refsOf(policy, { loaded, rowOf, onAlbums }) : NO_REFS]));
}

interface Found {
  readonly loaded: LoadedCatalogue;
  readonly onAlbums: ReadonlyMap<string, readonly number[]>;
  readonly rowOf: (ref: RecordingRef) => number;
}

function refsOf(policy: PolicyV1, { loaded, rowOf, onAlbums }: Found): PolicyRefs {
  const { pins, bans } = policy;
  const artists = new Set(bans.artists.length > 0 ? loaded.catalogue.artistIds : []);
  const named = [...bans.recordings.map(rowOf), ...bans.albums.flatMap((album) => (onAlbums.get(album) ?? []).map((id) => loaded.rowOf[id] ?? -1))];
  return {
    pins: pins.flatMap(({ recording, position }) => (rowOf(recording) < 0 ? [] : [{ row: rowOf(recording), position: position ?? null }])),
    banned: bannedRows(loaded.catalogue, bans, named),
    unknown: [
      ...unknownWords(
        'pinned',
        pins
          .map((pin) => pin.recording)
          .filter((ref) => rowOf(ref) < 0)
          .map(refWords),
      ),
      ...unknownWords('banned', bans.recordings.filter((ref) => rowOf(ref) < 0).map(refWords)),
      ...unknownWords(
        'banned',
        bans.artists.filter((id) => !artists.has(id)).map((id) => `artist ${id}`),
      ),
      ...unknownWords(
        'banned',
        bans.albums.filter((id) => !onAlbums.has(id)).map((id) => `album ${id}`),
      ),
    ],
  };
}

function namesSomething({ pins, bans }: PolicyV1): boolean {
  return pins.length + bans.recordings.length + bans.artists.length + bans.albums.length > 0;
}

function unknownWords(verb: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.length > NAMED_MAX ? `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more` : names.join(', ');
  return [`The catalogue does not have what the policy has ${verb}: ${shown}.`];
}

function wantedOf(refs: readonly RecordingRef[]) {
  return {
    ids: refs.flatMap((ref) => ('recordingId' in ref ? [ref.recordingId] : [])),
    isrcs: refs.flatMap((ref) => ('isrc' in ref ? [ref.isrc] : [])),
    trackIds: refs.flatMap((ref) => ('trackId' in ref ? [ref.trackId] : [])),
  };
}

function idOf(found: FoundRecordings | undefined, ref: RecordingRef): number | undefined {
  if ('recordingId' in ref) return found?.byId.get(ref.recordingId);
  return 'isrc' in ref ? found?.byIsrc.get(ref.isrc) : found?.byTrack.get(ref.trackId);
}
