import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { AccountId, Day } from '#shared/ids.ts';
import type { SyncTally } from './sync-tally.ts';

/** One run over a day's replicas, as far as its parts share it. */
export interface Round {
  readonly tally: SyncTally;
  /** Accounts that turned out to be closed during this run, with why. */
  readonly closed: Map<AccountId, string>;
  /** Playlists that a hand was found in, with the plan that would merge it: set aside until it is known how many they are. */
  readonly handEdited: { readonly target: SyncTarget; readonly planId: string; readonly hash: string }[];
  readonly day: Day;
  readonly signal: AbortSignal;
}
