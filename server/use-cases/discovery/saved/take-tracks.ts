import type { Deps } from '#server/deps.ts';
import { listSavedTrackFacts } from '#server/repos/discovery/saved-track-facts.ts';
import type { SavedTrackInput } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SavedTrack } from '#shared/contracts/discovery/saved-views.ts';
import { AppError } from '#shared/errors.ts';

interface TakenTracks {
  readonly tracks: readonly SavedTrack[];
  /** How many were left out because the recording came before. */
  readonly repeats: number;
}

/** Looks tracks up in the catalog. A merged recording is the one that it became; of repeats the first stays. Throws `invalid_input` for unknown ones. */
export async function takeTracks(deps: Pick<Deps, 'db'>, given: readonly SavedTrackInput[]): Promise<TakenTracks> {
  const facts = await listSavedTrackFacts(
    deps.db,
    given.map(({ recordingId }) => recordingId),
  );
  const unknown = given.filter(({ recordingId }) => !facts.has(recordingId));
  if (unknown.length > 0) {
    const ids = unknown.slice(0, 5).map(({ recordingId }) => recordingId);
    throw new AppError('invalid_input', {
      message: `${unknown.length} of ${given.length} tracks are not in the catalog: ${ids.join(', ')}${unknown.length > ids.length ? ' and others' : ''}.`,
      remedy: 'Remove them, then save again.',
      field: 'tracks',
    });
  }
  const byId = new Map<number, SavedTrack>();
  for (const { recordingId: givenId, isPinned, reason } of given) {
    const fact = facts.get(givenId);
    if (!fact || byId.has(fact.recordingId)) continue;
    byId.set(fact.recordingId, { recordingId: fact.recordingId, title: fact.title, artists: fact.artists, isPinned, reason });
  }
  return { tracks: [...byId.values()], repeats: given.length - byId.size };
}
