/** What a playlist should be, or was seen to be, on Spotify. Only what Segue manages. */
export interface PlaylistFace {
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean | null;
}

/** One line of the diff a person reads before applying. Positions count from 1. */
export type DiffLine =
  | { readonly kind: 'add'; readonly uri: string; readonly position: number }
  | { readonly kind: 'remove'; readonly uri: string; readonly position: number }
  | { readonly kind: 'move'; readonly uri: string; readonly from: number; readonly to: number }
  | { readonly kind: 'keep'; readonly uri: string; readonly position: number };

/** One request that will be sent, in order. */
export type SyncStep =
  | { readonly kind: 'create'; readonly face: PlaylistFace }
  | { readonly kind: 'replace'; readonly uris: readonly string[] }
  | { readonly kind: 'append'; readonly uris: readonly string[]; readonly position: number }
  | { readonly kind: 'details'; readonly face: PlaylistFace };

/** A sync plan as stored: what was seen, what is wanted, the requests between them, and the diff in a person's terms. */
export interface SyncPlanBody {
  readonly version: 1;
  readonly replicaId: string;
  readonly batchTag: string;
  /** Fingerprint of the ordered URIs seen when planning; null when the playlist does not exist yet. */
  readonly seenFingerprint: string | null;
  readonly seenFace: PlaylistFace | null;
  readonly wantedFingerprint: string;
  readonly wantedFace: PlaylistFace;
  readonly wantedUris: readonly string[];
  readonly steps: readonly SyncStep[];
  readonly diff: readonly DiffLine[];
  /** Set when somebody changed the playlist by hand since the last receipt. */
  readonly handEdited: boolean;
  readonly cost: { readonly reads: number; readonly writes: number };
}

/** What was read back after a write. */
export interface SyncReceipt {
  readonly spotifyPlaylistId: string;
  readonly fingerprint: string | null;
  readonly itemCount: number | null;
  readonly snapshotId: string | null;
  readonly readBackAt: string;
  /** How the outcome was known: we sent it, or found it already done after a crash. */
  readonly how: 'sent' | 'adopted' | 'already_so';
}
