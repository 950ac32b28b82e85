import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { EntryReasons, SnapshotReport } from '#shared/contracts/curation/snapshot.ts';
import type { PlaylistMarkKind, SnapshotStatus } from '#shared/vocabulary.ts';
import type { PolicyRefs } from '#shared/domain/policies/policy-refs.ts';

/** A pin or ban of a recording in one playlist, in force on the day; set in Segue or by an edit on Spotify. */
export interface ListMark {
  readonly row: number;
  readonly kind: PlaylistMarkKind;
  /** For a pin: its position, from 1; null lets the sequencing decide. */
  readonly position: number | null;
}

/** One playlist of a day, with the policy version it follows. */
export interface ListOfDay {
  readonly id: string;
  readonly globalIndex: number;
  readonly themeTag: string;
  readonly policyId: string;
  readonly policyFamilyId: string;
  readonly policy: Policy;
  /** The policy's pins and bans as catalog rows. */
  readonly refs: PolicyRefs;
  readonly marks: readonly ListMark[];
}

export interface DraftEntry {
  readonly recordingId: number;
  readonly row: number;
  readonly score: number;
  readonly reasons: EntryReasons;
  /** Day number on which its stay began; the snapshot's day for a new entry. */
  readonly firstDay: number;
  /** Repeat window after its stay: the policy's, or longer when an earlier policy version promised more. */
  readonly restDays: number;
  /** A stay without an end. */
  readonly isPinned: boolean;
  /** The version to place of a recording that has both; null when the policy does not ask. */
  readonly isExplicit: boolean | null;
}

/** An ended pin: its stay gets the last day on which it was in the list. */
export interface EndedStay {
  readonly row: number;
  readonly recordingId: number;
  readonly restScope: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly restsUntil: number;
}

/** A snapshot before it is stored; entries in playing order, none when unfilled. */
export interface SnapshotDraft {
  readonly playlistId: string;
  readonly policyId: string;
  readonly restScope: string;
  /** Exclusivity groups in which its stays are claimed. */
  readonly groups: readonly string[];
  readonly status: SnapshotStatus;
  readonly entries: readonly DraftEntry[];
  readonly ended: readonly EndedStay[];
  readonly report: SnapshotReport;
}

/** The selection of a list without its order, reasons and report: what the next day depends on. A draft is one, too. */
export type PlacedList = Pick<SnapshotDraft, 'playlistId' | 'policyId' | 'restScope' | 'groups' | 'status' | 'ended'> & {
  readonly entries: readonly Pick<DraftEntry, 'row' | 'recordingId' | 'firstDay' | 'restDays' | 'isPinned'>[];
};
