import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { SyncPlanRow } from '#server/repos/sync/sync-plans.ts';
import { sameFace, sameOrder } from '#shared/domain/sync/sync-plan.ts';
import { isEditedSince } from '#shared/domain/sync/write-states.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { setTimeout as pause } from 'node:timers/promises';
import type { Writer } from './hold-writer.ts';

/** Spotify shows new items a little after it took them (about 0.6 s was measured); longer than this is for the next run to find out. */
const READ_BACK_TRIES = 4;
const READ_BACK_PAUSE_MS = 400;

interface Written {
  readonly plan: SyncPlanRow;
  /** What the last look before the writes showed; undefined for a playlist that the plan created. */
  readonly look: RemotePlaylist | undefined;
  /** Whether Spotify answered every write, so that each of them surely happened. */
  readonly isAnswered: boolean;
}

/** What the writes left, and whether a hand has changed it since; then the next plan merges what the hand did. */
export interface ReadBack {
  readonly seen: RemotePlaylist;
  readonly isEdited: boolean;
}

/**
 * Reads until the items are exactly as wanted; the snapshot id may lag behind and decides nothing. What is shown instead after answered writes,
 * and is nothing that they led through, is a hand's: then they count as done. Throws `provider_unavailable` for anything else.
 */
export async function readBack(writer: Writer, id: SpotifyPlaylistId, { plan, look, isAnswered }: Written): Promise<ReadBack> {
  const { wantedUris, wantedFace } = plan.body;
  for (let tries = 1; ; tries += 1) {
    const seen = await writer.remote.read(id);
    if (seen && sameOrder(seen.uris, wantedUris) && sameFace(seen.face, wantedFace)) return { seen, isEdited: false };
    const isLast = tries === READ_BACK_TRIES;
    if (isLast && seen && isAnswered && isEditedSince(seen, look, plan.body)) {
      return { seen: { ...seen, uris: wantedUris, face: wantedFace }, isEdited: true };
    }
    if (isLast) break;
    await pause(READ_BACK_PAUSE_MS, undefined, { signal: writer.signal });
  }
  throw new AppError('provider_unavailable', {
    message: `Playlist #${writer.playlist.globalIndex} was written, but Spotify does not show it as planned.`,
    remedy: 'It is compared again at the next sync.',
    context: { spotifyPlaylistId: id },
  });
}
