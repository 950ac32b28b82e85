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

/**
 * What a hand did on Spotify since the last receipt, and what the plan makes of it. `pinned` and `banned` are marks that curation heeds from
 * the next list on; `kept` leaves it as the hand made it; `overwritten` puts it back. Positions count from 1.
 */
export type HandLine =
  | {
      readonly kind: 'added';
      readonly uri: string;
      readonly position: number;
      readonly fate: 'pinned' | 'kept' | 'overwritten';
      readonly recordingId: number | null;
    }
  | { readonly kind: 'removed'; readonly uri: string; readonly fate: 'banned' | 'kept' | 'overwritten'; readonly recordingId: number | null }
  /** More than half of the list was taken away at once: no verdict on each of the tracks. */
  | { readonly kind: 'cleared'; readonly count: number; readonly fate: 'overwritten' }
  | { readonly kind: 'reordered'; readonly fate: 'overwritten' }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string; readonly fate: 'kept' | 'overwritten' }
  | { readonly kind: 'described'; readonly from: string; readonly to: string; readonly fate: 'kept' | 'overwritten' }
  /** Never turned back by itself: somebody may have had a reason. */
  | { readonly kind: 'made_private'; readonly fate: 'kept' }
  | { readonly kind: 'made_public'; readonly fate: 'kept' };

/** The part of a plan that people on Spotify have a hand in. */
export interface HandPart {
  readonly lines: readonly HandLine[];
  /** Tracks that will stand in the list because a hand put them there: outside the day's list, and outside its proof. */
  readonly outside: readonly string[];
  /** Tracks of the day's list that stay away because a hand took them out. */
  readonly away: readonly string[];
  /** Title, description or visibility as the hand made them, kept until released. */
  readonly keptFace: Partial<PlaylistFace> | null;
}

/** One request that will be sent, in order. */
export type SyncStep =
  | { readonly kind: 'create'; readonly face: PlaylistFace }
  | { readonly kind: 'replace'; readonly uris: readonly string[] }
  | { readonly kind: 'append'; readonly uris: readonly string[]; readonly position: number }
  | { readonly kind: 'details'; readonly face: PlaylistFace }
  | { readonly kind: 'unfollow'; readonly spotifyPlaylistId: string; readonly name: string };

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
  readonly hand?: HandPart;
  /** An earlier day's list is shown instead of the day's own. */
  readonly shows?: string;
  /** Set for a plan that takes a playlist off the account: why, in a sentence. Such a plan edits nothing. */
  readonly unfollow?: string;
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
