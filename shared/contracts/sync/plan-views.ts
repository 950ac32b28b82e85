import type { SyncPlanStatus } from '#shared/vocabulary.ts';
import type { DiffLine, ManualEdit, SyncReceipt } from './sync.ts';

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
  readonly uploadsCover: boolean;
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
