import type { RemoteFindingKind } from '#shared/vocabulary.ts';

/** Something on an account that the ledger does not explain, or the other way round. */
export interface RemoteFindingView {
  readonly kind: RemoteFindingKind;
  readonly account: string;
  readonly spotifyPlaylistId: string;
  readonly spotifyUrl: string;
  readonly name: string;
  readonly detail: string;
  readonly playlistIndex: number | null;
  readonly themeTag: string | null;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** The plan that takes it off the account, by its hash; null where a person has to look. */
  readonly plan: { readonly id: string; readonly hash: string } | null;
}

/** What a hand gave a playlist on Spotify and is kept until released; null is the playlist's own. */
export interface KeptByHandView {
  readonly replicaId: string;
  readonly playlistIndex: number;
  readonly themeTag: string;
  readonly account: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly isPrivate: boolean;
}
