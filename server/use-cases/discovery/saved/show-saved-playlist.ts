import type { Deps } from '#server/deps.ts';
import { listDislikes } from '#server/repos/discovery/dislikes.ts';
import { listSavedTrackFacts } from '#server/repos/discovery/saved-track-facts.ts';
import type { SavedTrackFacts } from '#server/repos/discovery/saved-track-facts.ts';
import type { ShowSavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedPlaylistView, SavedTrack, SavedTrackView } from '#shared/contracts/discovery/saved-views.ts';
import { describeCriteria } from '#shared/domain/discovery/saved/criteria-words.ts';
import { withWantedTrack } from '#shared/domain/discovery/saved/wanted-track.ts';
import { requireSaved, requireVersion } from './own-saved.ts';
import type { Listener } from './own-saved.ts';
import { savedHead } from './saved-cards.ts';

/** A playlist of the listener with its tracks: the current version, or an older one. Throws `not_found`. */
export async function showSavedPlaylist(
  deps: Pick<Deps, 'db' | 'settings'>,
  listener: Listener,
  { savedId, version }: ShowSavedInput,
): Promise<SavedPlaylistView> {
  const saved = await requireSaved(deps, listener, { savedId });
  const shown = await requireVersion(deps, saved, version);
  const facts = await listSavedTrackFacts(
    deps.db,
    shown.tracks.map(({ recordingId }) => recordingId),
  );
  const disliked = await listDislikes(deps.db, listener.userId);
  const unwanted = new Set(disliked.flatMap(({ recordingId, artistId }) => [recordingId, artistId]).filter((id) => id !== null));
  const isDisliked = (fact: SavedTrackFacts | undefined) =>
    fact !== undefined && [fact.recordingId, ...fact.artistIds].some((id) => unwanted.has(id as never));
  const tracks = shown.tracks.map((track, at) => {
    const fact = facts.get(track.recordingId);
    return trackView(track, { position: at + 1, fact: fact && withWantedTrack(fact, shown.criteria), isDisliked: isDisliked(fact) });
  });
  return {
    ...savedHead(deps, saved),
    version: shown.version,
    isCurrent: shown.version === saved.version,
    criteria: shown.criteria,
    criteriaSays: describeCriteria(shown.criteria),
    repeatDays: saved.repeatDays,
    seed: shown.seed,
    notes: shown.notes,
    durationMs: tracks.reduce((sum, { durationMs }) => sum + durationMs, 0),
    tracks,
  };
}

function trackView(
  track: SavedTrack,
  { position, fact, isDisliked }: { readonly position: number; readonly fact: SavedTrackFacts | undefined; readonly isDisliked: boolean },
): SavedTrackView {
  return {
    ...track,
    position,
    title: fact?.title ?? track.title,
    artists: fact?.artists ?? track.artists,
    album: fact?.album ?? '',
    durationMs: fact?.durationMs ?? 0,
    year: fact?.year ?? null,
    explicit: fact?.explicit ?? null,
    isDisliked,
    spotifyTrackId: fact?.trackId ?? null,
    inCatalog: fact !== undefined,
  };
}
