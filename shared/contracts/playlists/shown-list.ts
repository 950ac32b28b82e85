/**
 * What is known of a playlist on Spotify. `nowhere`: it is on no account. `deleted`: Spotify no longer shows it. `unknown`: nobody can read it any
 * more, because its account was disconnected or hosts it no longer.
 */
export type ShownStatus = 'shown' | 'nowhere' | 'deleted' | 'unknown';

/** The differences between what Spotify shows and the list that Segue made. Positions count from 1. */
export interface ListEdits {
  /** Every item in Spotify's order; null where Spotify hides one. */
  readonly uris: readonly (string | null)[];
  /** Items that are not in the list, with their position on Spotify. */
  readonly added: readonly { readonly uri: string; readonly position: number }[];
  /** Tracks of the list that Spotify does not show, with their position in the list. */
  readonly removed: readonly { readonly uri: string; readonly position: number }[];
  readonly isReordered: boolean;
}

/** What one account shows. */
export interface ShownCopy {
  readonly status: ShownStatus;
  /** The day for which it was written; for `deleted` and `unknown` the last one known. */
  readonly day: string | null;
  /** The day whose list it is: an earlier one after a rollback. */
  readonly listDay: string | null;
  /** Since when Spotify is known to show this, or since when nothing is known. */
  readonly since: string | null;
  /** When Segue last read it. */
  readonly readAt: string | null;
  /** Since when the outcome of a write is not confirmed: Spotify may show parts of both lists. */
  readonly unconfirmedSince: string | null;
  /** Null when Spotify shows the list as it is. */
  readonly edits: ListEdits | null;
}

export interface AccountCopy extends ShownCopy {
  readonly accountId: string;
  readonly account: string;
  /** False while the account needs re-authorization or is disabled. */
  readonly isReadable: boolean;
  /** Whether it shows the same as the playlist's answer. */
  readonly isSame: boolean;
}

/** What Spotify shows for a playlist on a day: at its end, or now when it is today. Of several accounts, what most of them show. */
export interface ShownList extends ShownCopy {
  readonly copies: readonly AccountCopy[];
  /** Who showed the earlier list again, and why; null unless `listDay` is earlier than `day`. */
  readonly rollback: { readonly by: string; readonly at: string; readonly reason: string | null } | null;
}
