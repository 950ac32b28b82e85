import type { Deps } from '#server/deps.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { listSavedTrackFacts } from '#server/repos/discovery/saved-track-facts.ts';
import type { SavedVersionRow } from '#server/repos/discovery/saved-versions.ts';
import type { NamedTrack } from '#shared/contracts/discovery/saved-exports.ts';
import { withWantedTrack } from '#shared/domain/discovery/saved/wanted-track.ts';
import { AppError } from '#shared/errors.ts';

/** A saved playlist as it should be on Spotify. */
export interface WantedExport {
  readonly name: string;
  readonly description: string;
  readonly uris: readonly string[];
  /** Tracks of which no track on Spotify is known. */
  readonly missing: readonly NamedTrack[];
}

/** What a version should be on Spotify. Throws `conflict` for a draft, and when none of its tracks is on Spotify. */
export async function wantedExport(deps: Pick<Deps, 'db'>, saved: SavedRow, version: SavedVersionRow): Promise<WantedExport> {
  if (saved.state === 'draft') {
    throw new AppError('conflict', { message: `“${saved.name}” is a draft.`, remedy: 'Save it, then export it.' });
  }
  const facts = await listSavedTrackFacts(
    deps.db,
    version.tracks.map(({ recordingId }) => recordingId),
  );
  const uris = new Set<string>();
  const missing: NamedTrack[] = [];
  for (const { recordingId, title, artists } of version.tracks) {
    const fact = facts.get(recordingId);
    const trackId = fact && withWantedTrack(fact, version.criteria).trackId;
    if (trackId) uris.add(`spotify:track:${trackId}`);
    else missing.push({ recordingId, title, artists });
  }
  if (uris.size === 0) {
    throw new AppError('conflict', {
      message: `None of the ${version.tracks.length} tracks of “${saved.name}” is on Spotify.`,
      remedy: 'Swap or add tracks, then export again.',
    });
  }
  return { name: saved.name, description: saved.description || 'Made with Segue.', uris: [...uris], missing };
}
