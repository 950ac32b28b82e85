import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TrackHit } from '#shared/contracts/discovery/search.ts';
import type { RecordingId } from '#shared/ids.ts';
import { trpc } from '#web/lib/trpc.ts';

const NO_HITS: ReadonlyMap<number, TrackHit> = new Map();
const LOOKED_UP_MAX = 500;

/** Artwork, lengths and Spotify ids of recordings, by their ids, as far as they are known; the first 500. */
export function useTrackHits(ids: readonly number[]): ReadonlyMap<number, TrackHit> {
  // In one order, so that a list that is only rearranged is not asked for again.
  const recordingIds = ids.slice(0, LOOKED_UP_MAX).toSorted((one, other) => one - other) as RecordingId[];
  const found = useQuery({
    ...trpc.catalog.lookUp.queryOptions({ recordingIds }),
    enabled: recordingIds.length > 0,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    select: ({ tracks }) => new Map(tracks.map((hit) => [hit.recordingId ?? 0, hit])),
  });
  return recordingIds.length === 0 ? NO_HITS : (found.data ?? NO_HITS);
}

/** The address of a track at Spotify. */
export const spotifyTrackUrl = (trackId: string) => `https://open.spotify.com/track/${trackId}`;
