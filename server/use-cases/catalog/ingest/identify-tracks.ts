import type { Deps } from '#server/deps.ts';
import type { CatalogAlbum, CatalogTrack } from '#server/providers/ports.ts';
import type { StagedAlbumBody, StagedTrack } from '#server/repos/catalog/catalog-load.ts';
import { findRecordingsOfTracks, listCandidates, reserveRecordingIds } from '#server/repos/catalog/recordings.ts';
import type { RecordingCandidate } from '#server/repos/catalog/recordings.ts';
import { firstDayOf } from '#shared/domain/catalog/release-date.ts';
import { matchKey, resolveIdentity } from '#shared/domain/catalog/recording-identity.ts';
import { searchText } from '#shared/domain/catalog/search-text.ts';
import type { RecordingId } from '#shared/ids.ts';

/** Identities decided by loads that are not yet in the database, and binding for later loads. */
export interface PendingIdentities {
  readonly recordingOf: ReadonlyMap<string, RecordingId>;
  readonly added: readonly RecordingCandidate[];
}

export interface IdentifiedAlbums extends PendingIdentities {
  readonly albums: readonly StagedAlbumBody[];
}

/**
 * Finds the recording of every track of the albums (same ISRC, or same match key within 3 s) and numbers the new ones. A recording is created once
 * however many albums have it. The caller must be the only one ingesting.
 */
export async function identifyTracks(
  deps: Pick<Deps, 'db'>,
  albums: readonly CatalogAlbum[],
  pending: readonly PendingIdentities[],
): Promise<IdentifiedAlbums> {
  const tracks = albums.flatMap((album) => album.tracks);
  const keys = new Map(tracks.map((track) => [track, matchKey(track.name, namesOf(track))]));
  const isrcs = tracks.flatMap((track) => track.isrc ?? []);
  const stored = await findRecordingsOfTracks(
    deps.db,
    tracks.map((track) => track.id),
  );
  const recordingOf = new Map([...pending.flatMap((one) => [...one.recordingOf]), ...stored]);
  const index = createCandidateIndex([
    ...(await listCandidates(deps.db, isrcs, [...new Set(keys.values())])),
    ...pending.flatMap((one) => one.added),
  ]);
  const reservedIds = await reserveRecordingIds(deps.db, tracks.filter((track) => !recordingOf.has(track.id)).length);
  const decided = new Map<string, RecordingId>();
  const added: RecordingCandidate[] = [];
  const assign = (track: CatalogTrack, recordingId: RecordingId, newRecording: StagedTrack['newRecording']) => {
    recordingOf.set(track.id, recordingId);
    decided.set(track.id, recordingId);
    return stagedTrack(track, recordingId, newRecording);
  };
  const remember = (candidate: RecordingCandidate) => {
    index.add(candidate);
    added.push(candidate);
  };
  const stage = (track: CatalogTrack): StagedTrack => {
    const key = keys.get(track) ?? '';
    const known = recordingOf.get(track.id);
    if (known !== undefined) return stagedTrack(track, known, null);
    const candidates = index.of(track.isrc, key);
    const identity = resolveIdentity({ isrc: track.isrc, matchKey: key, durationMs: track.durationMs }, candidates);
    if (identity.kind === 'same') {
      // Its ISRC is one of the recording's from now on, also for tracks with another title.
      const same = candidates.find((candidate) => candidate.recordingId === identity.recordingId);
      if (same && track.isrc !== null && identity.basis !== 'isrc') remember({ ...same, isrc: track.isrc });
      return assign(track, identity.recordingId, null);
    }
    const id = reservedIds.pop();
    if (id === undefined) throw new Error('More tracks are new than recording ids were reserved.');
    const candidate = { recordingId: id, isrc: track.isrc, matchKey: key, durationMs: track.durationMs };
    remember(candidate);
    const words = searchText(track.name, namesOf(track));
    return assign(track, id, { matchKey: key, searchText: words, basis: identity.basis, confidence: identity.confidence });
  };
  return { albums: albums.map((album) => stagedAlbum(album, album.tracks.map(stage))), recordingOf: decided, added };
}

const namesOf = (track: CatalogTrack) => track.artists.map((artist) => artist.name);

/** An index of candidates by ISRC and by match key; new recordings are added. */
function createCandidateIndex(candidates: readonly RecordingCandidate[]) {
  const byKey = new Map<string, RecordingCandidate[]>();
  const insert = (key: string, candidate: RecordingCandidate) => {
    const list = byKey.get(key);
    if (list) list.push(candidate);
    else byKey.set(key, [candidate]);
  };
  const add = (candidate: RecordingCandidate) => {
    insert(candidate.matchKey, candidate);
    if (candidate.isrc) insert(`isrc ${candidate.isrc}`, candidate);
  };
  for (const candidate of candidates) add(candidate);
  return {
    add,
    of: (isrc: string | null, key: string) => [...(isrc ? (byKey.get(`isrc ${isrc}`) ?? []) : []), ...(byKey.get(key) ?? [])],
  };
}

function stagedTrack(track: CatalogTrack, recordingId: RecordingId, newRecording: StagedTrack['newRecording']): StagedTrack {
  const { id, name, durationMs, explicit, popularity, isrc, discNumber, trackNumber } = track;
  return {
    id,
    name,
    durationMs,
    explicit,
    popularity,
    isrc,
    discNumber,
    trackNumber,
    artistIds: track.artists.map((artist) => artist.id),
    recordingId,
    newRecording,
  };
}

function stagedAlbum(album: CatalogAlbum, tracks: readonly StagedTrack[]): StagedAlbumBody {
  const artists = new Map(
    album.tracks
      .flatMap((track) => track.artists)
      .concat(album.artists)
      .map((artist) => [artist.id, artist.name]),
  );
  return {
    id: album.id,
    name: album.name,
    albumType: album.albumType,
    artistNames: album.artists.map((artist) => artist.name),
    totalTracks: album.totalTracks,
    releaseDate: album.releaseDate,
    releasedOn: firstDayOf(album.releaseDate),
    imageUrl: album.imageUrl,
    upc: album.upc,
    artists: [...artists].map(([id, name]) => ({ id, name })),
    tracks,
  };
}
