/** Details of a playlist on Spotify, wanted or as last read. Only the fields that Segue manages. */
export interface PlaylistDetails {
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean | null;
}

/** One line of the diff shown before applying. Positions count from 1. */
export type DiffLine =
  | { readonly kind: 'add'; readonly uri: string; readonly position: number }
  | { readonly kind: 'remove'; readonly uri: string; readonly position: number }
  | { readonly kind: 'move'; readonly uri: string; readonly from: number; readonly to: number }
  | { readonly kind: 'keep'; readonly uri: string; readonly position: number };

/**
 * One edit made on Spotify since the last receipt, and how the plan handles it (`fate`). `pinned` and `banned` become marks that curation applies from
 * the next list on; `kept` leaves the edit in place; `overwritten` reverts it. Positions count from 1.
 */
export type ManualEdit =
  | {
      readonly kind: 'added';
      readonly uri: string;
      readonly position: number;
      readonly fate: 'pinned' | 'kept' | 'overwritten';
      readonly recordingId: number | null;
    }
  | { readonly kind: 'removed'; readonly uri: string; readonly fate: 'banned' | 'kept' | 'overwritten'; readonly recordingId: number | null }
  /** More than half of the list was removed at once: not treated as a decision about each track. */
  | { readonly kind: 'cleared'; readonly count: number; readonly fate: 'overwritten' }
  | { readonly kind: 'reordered'; readonly fate: 'overwritten' }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string; readonly fate: 'kept' | 'overwritten' }
  | { readonly kind: 'described'; readonly from: string; readonly to: string; readonly fate: 'kept' | 'overwritten' }
  /** Never reverted automatically: the change may be deliberate. */
  | { readonly kind: 'made_private'; readonly fate: 'kept' }
  | { readonly kind: 'made_public'; readonly fate: 'kept' };

/** The part of a plan that deals with edits on Spotify. Stored as JSON. */
export interface ManualEdits {
  readonly lines: readonly ManualEdit[];
  /** Tracks in the playlist because they were added on Spotify: not in the day's list, and not covered by its certificate. */
  readonly outside: readonly string[];
  /** Tracks of the day's list that are left out because they were removed on Spotify. */
  readonly away: readonly string[];
  /** Title, description or visibility as edited on Spotify, kept until released. */
  readonly keptFace: Partial<PlaylistDetails> | null;
}

/** One request, in sending order. `append` inserts at `position`. */
export type SyncStep =
  | { readonly kind: 'create'; readonly face: PlaylistDetails }
  | { readonly kind: 'replace'; readonly uris: readonly string[] }
  | { readonly kind: 'append'; readonly uris: readonly string[]; readonly position: number }
  /** `changes` are the fields that are sent; in plans stored without it, all. */
  | { readonly kind: 'details'; readonly face: PlaylistDetails; readonly changes?: readonly (keyof PlaylistDetails)[] }
  /** Uploads the picture with this digest; `beforeKey` is Spotify's name for the uploaded picture that it replaces. */
  | { readonly kind: 'cover'; readonly sha256: string; readonly beforeKey: string | null }
  | { readonly kind: 'unfollow'; readonly spotifyPlaylistId: string; readonly name: string };

/** A sync plan as stored: the playlist as read, the wanted playlist, the requests in between, and a readable diff. */
export interface SyncPlanBody {
  readonly version: 1;
  readonly replicaId: string;
  readonly batchTag: string;
  /** Fingerprint of the ordered URIs read while planning; null when the playlist does not exist yet. */
  readonly seenFingerprint: string | null;
  readonly seenFace: PlaylistDetails | null;
  readonly wantedFingerprint: string;
  readonly wantedFace: PlaylistDetails;
  readonly wantedUris: readonly string[];
  readonly steps: readonly SyncStep[];
  readonly diff: readonly DiffLine[];
  /** True when the playlist was edited on Spotify since the last receipt. */
  readonly handEdited: boolean;
  readonly hand?: ManualEdits;
  /** The earlier day whose list is shown instead of the day's own. */
  readonly shows?: string;
  /** For a plan that removes a playlist from the account: why, as a sentence. Such a plan edits nothing. */
  readonly unfollow?: string;
  readonly cost: { readonly reads: number; readonly writes: number };
}

/** What was read back from Spotify after a write. */
export interface SyncReceipt {
  readonly spotifyPlaylistId: string;
  readonly fingerprint: string | null;
  readonly itemCount: number | null;
  readonly snapshotId: string | null;
  readonly readBackAt: string;
  /** How the result is known: `sent` by this run, `adopted` after a crash, or `already_so` without a request. */
  readonly how: 'sent' | 'adopted' | 'already_so';
}
