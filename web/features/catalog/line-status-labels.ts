import type { SourceStatus } from '#shared/vocabulary.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';

/** Label and tone of each status of an import line. */
export const LINE_STATUS_LABELS: Readonly<Record<SourceStatus, { readonly name: string; readonly tone: Tone }>> = {
  queued: { name: 'Queued', tone: 'quiet' },
  reading: { name: 'Importing', tone: 'live' },
  ingested: { name: 'Imported', tone: 'good' },
  failed: { name: 'Failed', tone: 'bad' },
  duplicate: { name: 'Duplicate', tone: 'quiet' },
};
