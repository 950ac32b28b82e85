import { submissionId } from '#shared/ids.ts';
import { nameInput, wholeInput } from '#shared/input-types.ts';
import type { SubmissionSettings } from '#shared/contracts/settings.ts';
import { z } from 'zod';

/** One album link. */
export const submitAlbumInput = z.strictObject({ link: nameInput(2_000, 'is empty; paste the link of an album') });
export type SubmitAlbumInput = z.infer<typeof submitAlbumInput>;

export const submissionInput = z.strictObject({ id: submissionId });
export type SubmissionInput = z.infer<typeof submissionInput>;

const ids = z.array(submissionId).min(1, 'is empty; choose at least one').max(200, 'has more than 200; decide them in parts');
export const approveSubmissionsInput = z.strictObject({ ids });
export type ApproveSubmissionsInput = z.infer<typeof approveSubmissionsInput>;
/** The person who submitted an album reads the reason. */
export const refuseSubmissionsInput = z.strictObject({ ids, reason: nameInput(300, 'is empty; say why, the listener reads it') });
export type RefuseSubmissionsInput = z.infer<typeof refuseSubmissionsInput>;

export const listSubmissionsInput = z.strictObject({
  status: z.enum(['waiting', 'decided']).optional(),
  cursor: wholeInput(0, 100_000_000).default(0),
  limit: wholeInput(1, 200).default(50),
});
export type ListSubmissionsInput = z.infer<typeof listSubmissionsInput>;

/** Where a submitted album is on its way into the catalog. */
export type SubmissionStatus = 'waiting' | 'queued' | 'importing' | 'imported' | 'failed' | 'refused' | 'withdrawn';

export interface SubmissionView {
  readonly id: string;
  readonly link: string;
  readonly albumId: string;
  readonly status: SubmissionStatus;
  /** Whether the album was in the catalog, or submitted by somebody, before. */
  readonly isDuplicate: boolean;
  /** The status in words, with what to do. */
  readonly says: string;
  /** The operator's reason for refusing it. */
  readonly reason: string | null;
  readonly albumName: string | null;
  readonly artistNames: readonly string[] | null;
  readonly submittedAt: string;
  readonly changedAt: string;
}

/** A submission as the operator sees it: with who submitted it. */
export interface OperatorSubmissionView extends SubmissionView {
  readonly by: string;
}

/** A listener's own submissions, newest first, and what they may still submit today (UTC). */
export interface OwnSubmissionsView extends SubmissionSettings {
  readonly submissions: readonly SubmissionView[];
  readonly remainingToday: number;
}
