import { syncPlanId } from '#shared/ids.ts';
import type { SavedPlaylistId, SyncPlanId } from '#shared/ids.ts';
import { hashInput } from '#shared/input-types.ts';
import { z } from 'zod';

export const savedExportInput = z.strictObject({ exportId: syncPlanId });
export type SavedExportInput = z.infer<typeof savedExportInput>;

/** Writes exactly what was previewed. */
export const applySavedExportInput = z.strictObject({ exportId: syncPlanId, hash: hashInput('an export') });
export type ApplySavedExportInput = z.infer<typeof applySavedExportInput>;

/** A track by its names. */
export interface NamedTrack {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
}

/** What is stored with the plan of an export. */
export interface SavedExportFacts {
  /** Of the saved playlist when it was planned: a change since makes the export outdated. */
  readonly revision: number;
  readonly account: string;
  /** Tracks that are left out because no track on Spotify is known. */
  readonly missing: readonly NamedTrack[];
}

/** States: `planned` → `applying` → `applied` | `failed`; `outdated` when the playlist changed or a newer plan replaced it. */
export type SavedExportState = 'planned' | 'applying' | 'applied' | 'failed' | 'outdated';

/** One line of the difference between Spotify and the list. Positions count from 1; `from` is set for a move. */
export interface SavedExportLine {
  readonly kind: 'add' | 'remove' | 'move' | 'keep';
  readonly position: number;
  readonly from: number | null;
  readonly title: string;
  readonly artists: readonly string[];
}

/** An export as plan and receipt. */
export interface SavedExportView {
  /** Null, like `hash`, while Spotify cannot be asked: `problem` says why. */
  readonly id: SyncPlanId | null;
  readonly savedId: SavedPlaylistId;
  /** The version of the list that it writes. */
  readonly version: number;
  readonly hash: string | null;
  readonly state: SavedExportState;
  /** `none`: Spotify shows the list already, and nothing is written. */
  readonly action: 'create' | 'change' | 'none';
  readonly playlist: { readonly name: string; readonly url: string | null; readonly account: string | null };
  readonly lines: readonly SavedExportLine[];
  readonly counts: { readonly added: number; readonly removed: number; readonly moved: number; readonly kept: number };
  readonly details: readonly { readonly field: 'name' | 'description'; readonly from: string | null; readonly to: string }[];
  readonly missing: readonly NamedTrack[];
  readonly cost: { readonly reads: number; readonly writes: number };
  /** What the export does and what follows from it, as sentences, the most important first. */
  readonly says: readonly string[];
  /** Why it cannot be applied now; null when it can. `authorize` has an address that grants the missing permission and comes back. */
  readonly problem: {
    readonly kind: 'authorize' | 'refused';
    readonly message: string;
    readonly remedy: string;
    readonly authorizeUrl: string | null;
  } | null;
  readonly plannedAt: string;
  readonly receipt: {
    readonly appliedAt: string;
    readonly writes: number;
    readonly tracks: number;
    readonly url: string;
    readonly says: string;
  } | null;
}
