import type { Deps } from '#server/deps.ts';
import type { RemotePlaylist } from '#server/providers/ports.ts';
import type { Database, Db } from '#server/repos/database.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { SyncOperationRow } from '#server/repos/sync/sync-operations.ts';
import type { PlanOwner } from '#server/repos/sync/plan-owner.ts';
import type { ManualEdits, SyncStep } from '#shared/contracts/sync/sync.ts';
import type { SpotifyPlaylistId, SyncPlanId } from '#shared/ids.ts';
import type { AccountPlaylists } from '../plan/account-playlists.ts';

/** A plan whose writes were read back. */
export interface SyncedPlan {
  readonly planId: SyncPlanId;
  readonly day: string;
  /** The playlist as read back, exactly as the plan wanted it. */
  readonly seen: RemotePlaylist;
  readonly fingerprint: string;
  readonly at: Date;
  readonly manualEdits: ManualEdits | undefined;
  /** The earlier day whose list is shown after a rollback. */
  readonly shows: string | undefined;
}

/** A planned upload of a cover. */
export interface CoverUploadStep {
  readonly operation: SyncOperationRow;
  readonly step: Extract<SyncStep, { kind: 'cover' }>;
}

/**
 * Exclusive access to one playlist on Spotify, of the network or of a person: its account, and the database session that holds the lock. Everything that
 * writes to Spotify goes through it.
 */
export interface PlaylistSession {
  readonly deps: Deps;
  /**
   * The session that holds the lock. Intents and receipts are written through it, so without the lock nothing can be recorded and nothing is sent.
   */
  readonly db: Database;
  readonly remote: AccountPlaylists;
  readonly signal: AbortSignal;
  readonly account: SyncTarget['account'];
  /** Whose plans they are. */
  readonly owner: PlanOwner;
  /** By which the playlist is found again after a crash. */
  readonly marker: string;
  /** How messages name it, as the beginning of a sentence. */
  readonly label: string;
  /** Its id on Spotify as read with the lock; null while it is not there. */
  readonly spotifyPlaylistId: SpotifyPlaylistId | null;
  /** The same as stored now. */
  findSpotifyId(): Promise<SpotifyPlaylistId | null>;
  /** Spotify's snapshot id at the last read-back, as a hint. */
  readonly snapshotId: string | null;
  /** Records its id on Spotify: from then on it is never created again. */
  markLive(id: SpotifyPlaylistId): Promise<void>;
  /** Records what was read back, in the transaction of the receipts. */
  recordSynced(tx: Db, synced: SyncedPlan): Promise<void>;
  /** Uploads a cover; returns why it was not uploaded, or null. */
  sendCover(id: SpotifyPlaylistId, upload: CoverUploadStep): Promise<string | null>;
}

/** Exclusive access to one replica: its row as read under the lock, and its playlist. */
export interface ReplicaSession extends PlaylistSession, SyncTarget {}
