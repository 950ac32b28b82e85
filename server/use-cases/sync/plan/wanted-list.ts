import type { PublishedList } from '#server/repos/curation/snapshots-read.ts';
import type { PlaylistDetails } from '#shared/contracts/sync/sync.ts';
import { playlistDescription, playlistName } from '#shared/domain/curation/naming.ts';
import type { ReplicaSession } from '../apply/with-replica-lock.ts';

/** The playlist as it must be on Spotify that day: name, description with the marker that identifies it, visibility, and items. */
export function wantedList(
  writer: Pick<ReplicaSession, 'deps' | 'playlist' | 'replica'>,
  list: PublishedList,
  day: string,
): { face: PlaylistDetails; uris: string[] } {
  const { playlist, replica, deps } = writer;
  const { globalIndex, themeTag } = playlist;
  const facts = {
    size: list.trackIds.length,
    restDays: list.policy.rest.days,
    rules: playlist.blurb ? [playlist.blurb] : [],
    marker: replica.marker,
    ...(list.shows ? { shows: list.shows } : {}),
  };
  return {
    face: {
      name: playlistName(deps.settings.playlistNameTemplate, { themeTag, globalIndex, day }),
      description: playlistDescription(facts),
      isPublic: true,
      ...replica.keptFace,
    },
    uris: list.trackIds.map((id) => `spotify:track:${id}`),
  };
}
