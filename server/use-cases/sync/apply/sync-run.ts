import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { AccountId, Day } from '#shared/ids.ts';
import type { SyncTally } from './sync-tally.ts';

/** The state that the parts of one sync run share. */
export interface SyncRun {
  readonly tally: SyncTally;
  /** Accounts found unavailable during this run, with the reason. */
  readonly unavailable: Map<AccountId, string>;
  /** Playlists edited on Spotify, with the plan that would merge the edits: set aside until their share is known. */
  readonly manuallyEdited: { readonly target: SyncTarget; readonly planId: string; readonly hash: string }[];
  readonly day: Day;
  readonly signal: AbortSignal;
}
