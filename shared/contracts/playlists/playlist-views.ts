import type { PlaylistCoverView } from './playlist-cover.ts';
import type { SoundNumbers } from '#shared/contracts/catalog/sound.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { CertifiedShown } from '#shared/contracts/playlists/certificate.ts';
import type { AccountCopy, ShownList, ShownStatus } from '#shared/contracts/playlists/shown-list.ts';
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
  /** The day whose list it is: an earlier one when it is shown again after a rollback. */
  readonly listDay: string | null;
  readonly freshness: Freshness;
  /** Whether Spotify shows it; otherwise the card is about the newest list that was made. */
  readonly onSpotify: ShownStatus;
  /** Since when that is known; null for `nowhere`. */
  readonly since: string | null;
  /** Since when a write is not confirmed. */
  readonly unconfirmedSince: string | null;
  /** Tracks that were added or removed on Spotify. They are not covered by the certificate. */
  readonly editedTracks: number;
  /** Items that Spotify shows, or the size of the list while it shows none. */
  readonly size: number;
  readonly restDays: number;
  /** Days of history in its repeat scope; nothing is claimed of earlier days. */
  readonly daysOnRecord: number;
  /** Repeats within the repeat window: in the ledger, where the database constraint allows only 0, and of a list that is shown again. */
  readonly repeats: number;
  /** Entries that were not in the previous list. */
  readonly changed: number;
  readonly sound: SoundNumbers;
  /** Names of up to three artists in the list. */
  readonly artists: readonly string[];
  /** Null while none is drawn. */
  readonly cover: PlaylistCoverView | null;
}

export interface NetworkView {
  readonly today: string;
  readonly sandbox: boolean;
  readonly recordings: number;
  readonly placedToday: number;
  readonly repeats: number;
  /** Earlier lists that were shown again and repeated tracks within the repeat window of today; oldest first. They are part of `repeats`. */
  readonly shownAgain: readonly { readonly index: number; readonly themeTag: string; readonly day: string; readonly repeats: number }[];
  readonly placementsChecked: number;
  /** Days since the first list in the ledger. */
  readonly daysOnRecord: number;
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
  /** Set when it came back too soon because an earlier list is shown again. */
  readonly repeat: { readonly lastShownOn: string; readonly restsUntil: string } | null;
}

/** What Spotify shows of the playlist on the day asked for, and how the entries relate to it. */
export interface PlaylistShownView extends Omit<CertifiedShown, 'accounts' | 'otherAccounts'> {
  readonly day: string | null;
  /** Whether the entries are what Spotify shows. Otherwise they are a list that was made and is not shown. */
  readonly isPresented: boolean;
  /** A newer day whose list was made and is not on Spotify. */
  readonly waitingDay: string | null;
  readonly rollback: ShownList['rollback'];
  readonly copies: readonly (Omit<AccountCopy, 'edits'> & { readonly isEdited: boolean })[];
}

export interface CertificateView {
  readonly playlistIndex: number;
  readonly day: string;
  /** The day whose list it is about: an earlier one after a rollback. */
  readonly listDay: string;
  readonly restDays: number;
  readonly restScope: string;
  /** Days of history the ledger has for this playlist's repeat scope. */
  readonly daysOnRecord: number;
  readonly placementsChecked: number;
  /** Repeats within the repeat window: of the ledger, and of a list that was shown again. */
  readonly violations: number;
  /** Who showed the earlier list again that the certificate is about; null when it is about the day's own list. */
  readonly rollback: ShownList['rollback'];
  /** What Spotify showed that day. */
  readonly shown: CertifiedShown;
  /** SHA-256 over the ordered entries and their placements. */
  readonly digest: string;
  readonly provedAt: string;
}

export interface PlaylistView {
  readonly today: string;
  readonly card: PlaylistCard;
  readonly name: string;
  readonly description: string;
  /** Days with a snapshot, newest first. */
  readonly days: readonly { readonly day: string; readonly status: SnapshotStatus }[];
  /** The earlier day whose list the entries are, when it is shown again on the card's day; else null. */
  readonly shows: string | null;
  readonly shown: PlaylistShownView;
  /** In the order in which Spotify shows them; tracks that were added there are in `shown.added`. */
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
