import type { SnapshotStatus } from '#shared/vocabulary.ts';
import type { CertifiedShown } from '#shared/contracts/playlists/certificate.ts';
import type { AccountCopy, ShownStatus } from '#shared/contracts/playlists/shown-list.ts';
import type { SyncPlanView, TrackLine } from '#shared/contracts/sync/plan-views.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';

/** One day in a playlist's history. */
export interface HistoryDay {
  readonly day: string;
  readonly status: SnapshotStatus;
  readonly size: number;
  /** Entries that were not in the previous list; null for the first list. */
  readonly changed: number | null;
  /** The earlier day whose list was shown again that day; null for a rollback that did not reach Spotify. */
  readonly shows: string | null;
  /** `own` and `again` are lists shown that day; `earlier`: Spotify still showed an earlier list, because this one did not reach it. */
  readonly onSpotify: 'own' | 'again' | 'earlier' | Exclude<ShownStatus, 'shown'>;
}

/** A playlist as of a day: the curated list, and what each account showed. */
export interface HistoryView {
  readonly index: number;
  readonly themeTag: string;
  readonly today: string;
  /** Newest first. */
  readonly days: readonly HistoryDay[];
  /** The requested day, else the newest with a list; null when there is none. */
  readonly shown: {
    readonly day: string;
    /** Title and description of that day; null for lists made before these were stored. */
    readonly name: string | null;
    readonly description: string | null;
    readonly shows: string | null;
    readonly onSpotify: HistoryDay['onSpotify'];
    readonly tracks: readonly (TrackLine & { readonly position: number })[];
    /** Tracks that were added and removed on Spotify, not covered by the certificate. */
    readonly edits: Pick<CertifiedShown, 'added' | 'removed'>;
    /** What each account showed at the end of that day, or shows now. */
    readonly accounts: readonly (Omit<AccountCopy, 'edits' | 'accountId' | 'isSame'> & {
      /** The title that was last written that day; null when nothing was. */
      readonly name: string | null;
      readonly tracks: number | null;
      readonly added: number;
      readonly removed: number;
    })[];
  } | null;
  /** Today's rollback to `listDay`: planned and not on Spotify yet, shown there, or ended and still shown until that plan is applied. */
  readonly rollback: { readonly state: 'planned' | 'shown' | 'ending'; readonly listDay: string } | null;
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

/** The effect of showing an earlier day's list today. Nothing has been changed yet. */
export interface RollbackPreview extends DayDiffView {
  readonly hash: string;
  /** Tracks that would repeat within their repeat window, with the first day on which they can play again. */
  readonly repeats: readonly { readonly track: TrackLine; readonly restsUntil: string | null }[];
  /** Tracks that other playlists of its exclusivity groups show today. Any of them blocks the rollback. */
  readonly shared: readonly { readonly track: TrackLine; readonly group: string; readonly themeTag: string }[];
  readonly summary: string;
}

export interface RollbackResult {
  readonly day: string;
  readonly shows: string | null;
  /** The sync plans that write it to the accounts; each is applied by its hash. */
  readonly plans: readonly SyncPlanView[];
  readonly problems: readonly { readonly playlistIndex: number; readonly message: string; readonly remedy: string | null }[];
}

/** A playlist over its last days, for the charts on its page. */
export interface PlaylistTrendsView {
  /** The repeat window and its scope in today's policy. */
  readonly restDays: number;
  readonly scope: 'network' | 'playlist' | 'policy';
  /** Oldest first. `free` is the number of recordings in the pool that could play that day; artists are null on a day without a list. */
  readonly days: readonly {
    readonly day: string;
    readonly pool: number | null;
    readonly free: number | null;
    readonly size: number;
    readonly artists: number | null;
    readonly mostByOne: number | null;
  }[];
  /** How many recordings repeated in their repeat scope after how many days. */
  readonly repeatDistances: readonly { readonly distance: number; readonly recordings: number }[];
  readonly firstPlacements: number;
}
