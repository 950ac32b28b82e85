import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { ReplicaStatus, SnapshotStatus } from '#shared/vocabulary.ts';

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

/** The public page of an account: its name and the playlists it hosts. */
export interface AccountPageView {
  readonly id: string;
  readonly displayName: string;
  readonly today: string;
  readonly playlists: readonly PlaylistCard[];
  readonly freshToday: number;
}
