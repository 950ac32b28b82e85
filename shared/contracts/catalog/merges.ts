import { z } from 'zod';
import { recordingId } from '#shared/ids.ts';
import { shareInput, wholeInput } from '#shared/input-types.ts';

/** Merges up to a confidence, 0–1. */
export const viewMergesInput = z.strictObject({ confidenceMax: shareInput.default(1), limit: wholeInput(1, 500).default(100) });
export type ViewMergesInput = z.infer<typeof viewMergesInput>;

/** The recording that was merged into another one. */
export const undoMergeInput = z.strictObject({ recordingId });
export type UndoMergeInput = z.infer<typeof undoMergeInput>;
