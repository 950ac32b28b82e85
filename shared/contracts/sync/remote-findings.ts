import type { RemoteFindingKind } from '#shared/vocabulary.ts';

/** A playlist that is on an account but not in the ledger, or the other way around. */
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
  /** The plan that removes it from the account, with its hash; null where a person has to decide. */
  readonly plan: { readonly id: string; readonly hash: string } | null;
}

/** Playlist details that were edited on Spotify and are kept until released; null means not edited. */
export interface KeptEditsView {
  readonly replicaId: string;
  readonly playlistIndex: number;
  readonly themeTag: string;
  readonly account: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly isPrivate: boolean;
}
