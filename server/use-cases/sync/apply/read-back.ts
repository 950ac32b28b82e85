import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { PlaylistDetails, SyncStep } from '#shared/contracts/sync/sync.ts';
import { isEditedSince, sameDetails, sameOrder } from '#shared/domain/sync/planning/sync-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlaylistSession } from './playlist-session.ts';

/** Spotify shows new items shortly after it accepted them (measured: about 0.6 s). A longer delay is left to the next run. */
const READ_BACK_TRIES = 4;
const READ_BACK_PAUSE_MS = 400;

interface Written {
  readonly steps: readonly SyncStep[];
  readonly wantedUris: readonly string[];
  readonly wantedFace: PlaylistDetails;
  /** What Spotify showed before the writes; undefined for a playlist that the plan created. */
  readonly look: RemotePlaylist | undefined;
  /** Whether Spotify answered every write, so that each one is known to have happened. */
  readonly isAnswered: boolean;
}

/** What the writes left, and whether it was edited on Spotify since; the next plan then merges those edits. */
export interface ReadBack {
  readonly seen: RemotePlaylist;
  readonly isEdited: boolean;
}

/**
 * Reads until the items are exactly as wanted; the snapshot id may lag behind and is not used. After answered writes, a state that the writes never
 * passed through is an edit on Spotify, and the writes count as done. Throws `provider_unavailable` for anything else.
 */
export async function readBack(writer: PlaylistSession, id: SpotifyPlaylistId, written: Written): Promise<ReadBack> {
  const { wantedUris, wantedFace, look, isAnswered } = written;
  for (let tries = 1; ; tries += 1) {
    const seen = await writer.remote.read(id);
    if (seen && sameOrder(seen.uris, wantedUris) && sameDetails(seen.details, wantedFace)) return { seen, isEdited: false };
    const isLast = tries === READ_BACK_TRIES;
    if (isLast && seen && isAnswered && isEditedSince(seen, look, written)) {
      return { seen: { ...seen, uris: wantedUris, details: wantedFace }, isEdited: true };
    }
    if (isLast) break;
    await pause(READ_BACK_PAUSE_MS, undefined, { signal: writer.signal });
  }
  throw new AppError('provider_unavailable', {
    message: `${writer.label} was written, but Spotify shows something else than planned.`,
    remedy: 'Segue compares it again at the next sync.',
    context: { spotifyPlaylistId: id },
  });
}
