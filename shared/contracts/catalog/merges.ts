import { z } from 'zod';
import { recordingId } from '#shared/ids.ts';
import type { RecordingId } from '#shared/ids.ts';
import { shareInput, wholeInput } from '#shared/input-types.ts';
import type { IdentityBasis } from '#shared/vocabulary.ts';

/** Merges up to a confidence, 0–1. */
export const viewMergesInput = z.strictObject({ confidenceMax: shareInput.default(1), limit: wholeInput(1, 500).default(100) });
export type ViewMergesInput = z.infer<typeof viewMergesInput>;

/** The recording that was merged into another one. */
export const undoMergeInput = z.strictObject({ recordingId });
export type UndoMergeInput = z.infer<typeof undoMergeInput>;

/** A recording that was merged into another one, also when that was undone. */
export interface MergeView {
  readonly from: RecordingId;
  readonly into: RecordingId;
  readonly title: string;
  readonly intoTitle: string;
  readonly artists: readonly string[];
  readonly reason: IdentityBasis;
  /** 0–1. */
  readonly confidence: number;
  /** Placements of both within one repeat window before the merge. */
  readonly sharedWindows: number;
  readonly mergedAt: string;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
}
