import type { SnapshotStatus } from '#shared/vocabulary.ts';
import type { SyncPlanView, TrackLine } from '#shared/contracts/views.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';

/** One day of a playlist in the strip of days. */
export interface HistoryDay {
  readonly day: string;
  readonly status: SnapshotStatus;
  readonly size: number;
  /** Entries that were not in the list before; null for the first list. */
  readonly changed: number | null;
  /** The earlier day whose list was shown instead. */
  readonly shows: string | null;
}

/** A playlist as of a day: what was curated, and what stood on each account. */
export interface HistoryView {
  readonly index: number;
  readonly themeTag: string;
  readonly today: string;
  /** Newest first. */
  readonly days: readonly HistoryDay[];
  /** The day asked for, else the newest with a list; null when there is none. */
  readonly shown: {
    readonly day: string;
    /** Title and description of that day; null for lists made before they were kept. */
    readonly name: string | null;
    readonly description: string | null;
    readonly shows: string | null;
    readonly tracks: readonly (TrackLine & { readonly position: number })[];
    readonly accounts: readonly {
      readonly account: string;
      readonly name: string;
      readonly tracks: number;
      /** Put there by hand, outside the day's list. */
      readonly byHand: number;
      readonly appliedAt: string;
    }[];
  } | null;
}

export interface DayDiffView {
  readonly from: string;
  readonly to: string;
  readonly names: { readonly from: string | null; readonly to: string | null };
  readonly lines: readonly (DiffLine & { readonly track: TrackLine })[];
  readonly adds: number;
  readonly removes: number;
  readonly moves: number;
  readonly keeps: number;
}

/** What showing an earlier day's list today would mean. Nothing has happened yet. */
export interface RollbackPreview extends DayDiffView {
  readonly hash: string;
  /** Tracks that would be heard again before their rest is over, with the first day on which it is. */
  readonly resting: readonly { readonly track: TrackLine; readonly restsUntil: string | null }[];
  /** Tracks that other playlists of its groups show today: with any of them it is not shown again. */
  readonly shared: readonly { readonly track: TrackLine; readonly group: string; readonly themeTag: string }[];
  readonly says: string;
}

export interface RolledBack {
  readonly day: string;
  readonly shows: string | null;
  /** The plans that would put it on the accounts, each to be applied by its hash. */
  readonly plans: readonly SyncPlanView[];
  readonly problems: readonly { readonly playlistIndex: number; readonly message: string; readonly remedy: string | null }[];
}

/** A playlist over its last days, for the pictures on its page. */
export interface OverDaysView {
  /** The rest and its scope by today's rules. */
  readonly restDays: number;
  readonly scope: 'network' | 'playlist' | 'policy';
  /** Oldest first. `free` is what was left of the pool that day; artists are unknown (null) on a day without a list. */
  readonly days: readonly {
    readonly day: string;
    readonly pool: number | null;
    readonly free: number | null;
    readonly size: number;
    readonly artists: number | null;
    readonly mostByOne: number | null;
  }[];
  /** How many recordings came back to their rest scope after how many days. */
  readonly returns: readonly { readonly distance: number; readonly recordings: number }[];
  readonly firstTimes: number;
}
