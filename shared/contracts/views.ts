import type { PolicyId } from '../ids.ts';
import type { AccountStatus, ReplicaStatus, Role, SnapshotStatus, SourceFailure, SourceStatus, SyncPlanStatus } from '../vocabulary.ts';
import type { Alert } from './alerts.ts';
import type { JobRunView } from './job-views.ts';
import type { JobName } from './jobs.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, SnapshotReport, SoundNumbers } from '#shared/contracts/curation/snapshot.ts';
import type { DiffLine, ManualEdit, SyncReceipt } from '#shared/contracts/sync/sync.ts';

/** What the routers answer and the pages show. Dates are `YYYY-MM-DD`, instants are ISO 8601 in UTC; null is unknown or not yet. */

/** Freshness of a playlist: today's list, an earlier list still shown, today's list could not be filled, or no list yet. */
export type Freshness = 'today' | 'earlier' | 'unfilled' | 'waiting';

export interface PlaylistCard {
  readonly index: number;
  readonly themeTag: string;
  readonly blurb: string | null;
  /** The day of the list shown; null when there is none yet. */
  readonly day: string | null;
  readonly freshness: Freshness;
  readonly size: number;
  readonly restDays: number;
  /** Repeats in the ledger within the repeat window; the database constraint allows only 0. */
  readonly repeats: number;
  /** Entries that were not in the previous list. */
  readonly changed: number;
  readonly sound: SoundNumbers;
  /** Names of up to three artists in the list. */
  readonly artists: readonly string[];
}

export interface NetworkView {
  readonly today: string;
  readonly sandbox: boolean;
  readonly recordings: number;
  readonly placedToday: number;
  readonly repeats: number;
  readonly placementsChecked: number;
  readonly longestRestDays: number;
  readonly provedAt: string;
  readonly playlists: readonly PlaylistCard[];
}

export interface EntryView {
  readonly position: number;
  readonly recordingId: number;
  readonly trackId: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly releasedOn: string | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly isNew: boolean;
  /** The reasons as one sentence. */
  readonly why: string;
  readonly reasons: EntryReasons;
  readonly energy: number | null;
  readonly tempo: number | null;
  readonly spotifyUrl: string;
}

export interface CertificateView {
  readonly playlistIndex: number;
  readonly day: string;
  readonly restDays: number;
  readonly restScope: string;
  /** Days of history the ledger has for this playlist's repeat scope. */
  readonly daysCovered: number;
  readonly placementsChecked: number;
  readonly violations: number;
  /** SHA-256 over the ordered entries and their placements. */
  readonly digest: string;
  readonly provedAt: string;
}

export interface PlaylistView {
  readonly card: PlaylistCard;
  readonly name: string;
  readonly description: string;
  /** Days with a snapshot, newest first. */
  readonly days: readonly { readonly day: string; readonly status: SnapshotStatus }[];
  /** The earlier day whose list Spotify shows instead of these entries. */
  readonly shows: string | null;
  readonly entries: readonly EntryView[];
  readonly certificate: CertificateView | null;
  readonly rules: readonly string[];
  readonly report: SnapshotReport | null;
  readonly replicas: readonly {
    readonly accountId: string;
    readonly account: string;
    readonly spotifyUrl: string | null;
    readonly syncedDay: string | null;
    readonly status: ReplicaStatus;
  }[];
}

/** "Why not that one?" for any recording, playlist and day. */
export interface WhyNotView {
  readonly title: string;
  readonly artists: readonly string[];
  readonly answer: string;
  readonly steps: readonly { readonly rule: string; readonly holds: boolean | null; readonly detail: string }[];
}

export interface AuthStatusView {
  readonly signedIn: boolean;
  readonly role: Role | null;
  readonly displayName: string | null;
  readonly avatarUrl: string | null;
  readonly expiresAt: string | null;
  readonly sandbox: boolean;
}

export interface ImportLineView {
  readonly id: number | null;
  readonly lineNumber: number;
  readonly given: string;
  readonly albumId: string | null;
  readonly status: SourceStatus;
  readonly failure: SourceFailure | null;
  /** What is wrong and what to do, as sentences; null when nothing is wrong. */
  readonly problem: string | null;
  readonly remedy: string | null;
  /** The import line of the same album. */
  readonly duplicateOf: { readonly id: number; readonly lineNumber: number; readonly intakeId: string } | null;
  readonly albumName: string | null;
  readonly artistNames: readonly string[] | null;
}

export interface ImportReceiptView {
  readonly intakeId: string;
  readonly queued: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly blankLines: number;
  readonly lines: readonly ImportLineView[];
}

export interface ImportSummaryView {
  readonly counts: Readonly<Record<SourceStatus, number>>;
  readonly albums: number;
  readonly tracks: number;
  readonly recordings: number;
  readonly withFeatures: number;
  readonly withGenres: number;
  readonly withIsrc: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly nextCursor: number | null;
}

export interface TrackLine {
  readonly uri: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly why: string | null;
}

export interface SyncPlanView {
  readonly id: string;
  readonly hash: string;
  readonly status: SyncPlanStatus;
  readonly statusReason: string | null;
  readonly playlistIndex: number;
  readonly themeTag: string;
  readonly account: string;
  readonly day: string;
  readonly creates: boolean;
  readonly renames: { readonly from: string; readonly to: string } | null;
  readonly adds: number;
  readonly removes: number;
  readonly moves: number;
  readonly keeps: number;
  readonly editedOnSpotify: boolean;
  /** Edits on Spotify and how the plan handles each, one sentence per edit. */
  readonly manualEdits: readonly { readonly kind: ManualEdit['kind']; readonly handling: ManualEdit['fate']; readonly message: string }[];
  /** The earlier day whose list is shown; null when the day shows its own list. */
  readonly shows: string | null;
  /** Why the plan removes a playlist from the account; null for a plan that edits one. */
  readonly unfollows: string | null;
  readonly cost: { readonly reads: number; readonly writes: number };
  readonly plannedAt: string;
  readonly appliedAt: string | null;
}

export interface SyncPlanDetailView extends SyncPlanView {
  readonly diff: readonly (DiffLine & { readonly track: TrackLine })[];
  readonly operations: readonly { readonly kind: string; readonly state: string; readonly receipt: SyncReceipt | null }[];
}

export interface PlaylistAdminRow {
  readonly index: number;
  readonly themeTag: string;
  readonly status: string;
  readonly policyName: string;
  readonly policyVersion: number;
  readonly today: SnapshotStatus | null;
  readonly shortfall: readonly string[];
  readonly lastSyncedDay: string | null;
  readonly account: string | null;
  readonly spotifyUrl: string | null;
  /** Whether edits on Spotify are merged into the list or overwritten. */
  readonly handEdits: 'merge' | 'overwrite';
}

export interface AccountRow {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly statusReason: string | null;
  readonly playlists: number;
  readonly maxPlaylists: number;
  readonly authorizedAt: string;
  readonly reauthBy: string;
}

export interface OverviewView {
  /** Summary sentence: "Today is done, except one playlist." */
  readonly summary: string;
  readonly today: string;
  readonly now: string;
  readonly detail: string;
  readonly steps: readonly {
    readonly task: JobName;
    readonly at: string;
    readonly state: 'done' | 'partly' | 'waiting' | 'now' | 'failed';
    readonly message: string;
  }[];
  /** Worst first. */
  readonly alerts: readonly Alert[];
  readonly upcoming: readonly { readonly at: string; readonly what: string; readonly detail: string }[];
  /** What runs out, soonest first; `left` is the remaining share, 0–1. */
  readonly runningOut: readonly {
    readonly what: string;
    readonly when: string;
    readonly left: number;
    readonly detail: string;
    readonly level: 'ok' | 'soon' | 'dry';
  }[];
  readonly runningJobs: readonly JobRunView[];
}

export interface PolicyRowView {
  readonly id: PolicyId;
  readonly familyId: string;
  readonly name: string;
  readonly version: number;
  readonly rules: readonly string[];
  readonly body: PolicyV1;
  readonly playlists: number;
}
