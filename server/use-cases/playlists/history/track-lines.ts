import type { Deps } from '#server/deps.ts';
import { listEntryReasons, listTrackCaptions } from '#server/repos/curation/snapshots-read.ts';
import type { TrackLine } from '#shared/contracts/sync/plan-views.ts';
import { whyLine } from '#shared/domain/curation/explanations/explain.ts';
import type { PlaylistId, SpotifyTrackId } from '#shared/ids.ts';

/** Titles and artists of tracks, with the reasons for their place in a day's list. Returns a lookup by track id. */
export async function loadTrackLines(
  deps: Pick<Deps, 'db'>,
  { playlistId, day, ids }: { playlistId: PlaylistId; day: string; ids: readonly SpotifyTrackId[] },
): Promise<(id: SpotifyTrackId) => TrackLine> {
  const [captions, entries] = await Promise.all([listTrackCaptions(deps.db, ids), listEntryReasons(deps.db, playlistId, day)]);
  const known = new Map(captions.map((caption) => [caption.trackId, caption]));
  const reasons = new Map(entries.map((entry) => [entry.trackId, entry.reasons]));
  return (id) => {
    const caption = known.get(id);
    const why = reasons.get(id);
    return {
      uri: `spotify:track:${id}`,
      title: caption?.title ?? 'A track that is not in the catalog',
      artists: caption?.artists ?? [],
      why: why ? whyLine(why, { day }) : null,
    };
  };
}
