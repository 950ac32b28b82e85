import type { SubmissionStatus } from '#shared/contracts/catalog/submissions.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';

/** The icon of each status; the sentence beside it says the rest. */
export const SUBMISSION_TONES: Readonly<Record<SubmissionStatus, Tone>> = {
  waiting: 'quiet',
  queued: 'live',
  importing: 'live',
  imported: 'good',
  failed: 'bad',
  refused: 'bad',
  withdrawn: 'quiet',
};

interface NamedSubmission {
  readonly albumName: string | null;
  readonly artistNames: readonly string[] | null;
  readonly link: string;
}

/** The album's name and artists once they are known, else the link as it was given. */
export function submissionName({ albumName, artistNames, link }: NamedSubmission): { readonly title: string; readonly by: string } {
  return albumName === null ? { title: link, by: '' } : { title: albumName, by: artistNames?.join(', ') ?? '' };
}
