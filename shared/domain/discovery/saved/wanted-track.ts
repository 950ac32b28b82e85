import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';

interface RecordingTracks {
  readonly explicit: boolean | null;
  readonly trackId: string | null;
  /** Clean where the other one is explicit, or the other way around. */
  readonly twinTrackId: string | null;
}

/** The recording with the one of its tracks that the criteria ask for: a clean one where they leave explicit tracks out. */
export function withWantedTrack<T extends RecordingTracks>(recording: T, criteria: SavedCriteria): T {
  const wanted = wantedExplicit(criteria);
  const { explicit, trackId, twinTrackId } = recording;
  if (wanted === undefined || explicit === null || explicit === wanted || twinTrackId === null) return recording;
  return { ...recording, explicit: wanted, trackId: twinTrackId, twinTrackId: trackId };
}

function wantedExplicit(criteria: SavedCriteria): boolean | undefined {
  if (criteria.kind === 'path') return criteria.request.explicit === 'clean' ? false : undefined;
  return criteria.kind === 'vibe' ? criteria.spec.explicit : undefined;
}
