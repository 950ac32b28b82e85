import type { IntakeLineView } from '#shared/contracts/views.ts';
import type { SourceStatus } from '#shared/vocabulary.ts';
import type { Tone } from '#web/ui/feedback/state-text.tsx';

export const LINE_WORDS: Readonly<Record<SourceStatus, { readonly name: string; readonly tone: Tone }>> = {
  queued: { name: 'waits', tone: 'quiet' },
  reading: { name: 'being read', tone: 'live' },
  ingested: { name: 'came in', tone: 'good' },
  failed: { name: 'failed', tone: 'bad' },
  duplicate: { name: 'duplicate', tone: 'quiet' },
};

/** A line that never was an album link needs a new link; one that failed at Spotify may succeed another day. */
export const isWorthRetrying = (line: Pick<IntakeLineView, 'albumId' | 'status'>) => line.status === 'failed' && line.albumId !== null;
