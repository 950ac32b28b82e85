import type { JobRunView } from '#shared/contracts/job-views.ts';

/**
 * How the queue stands with the job that writes a day. `next`: a worker takes it as soon as it can; `later`: at an instant that is to come; `no_worker`:
 * it would be taken if a worker ran; `given_up`: it was tried as often as it may be.
 */
export type SyncUnderWayState = 'working' | 'next' | 'later' | 'paused' | 'no_worker' | 'given_up';

/** The job that writes a day to Spotify, while the queue has one. */
export interface SyncUnderWayView {
  readonly state: SyncUnderWayState;
  /** When it is tried next; null unless that is to come. */
  readonly at: string | null;
  /** It carries out what somebody approved, and nothing else. */
  readonly isApproved: boolean;
  /** Its run, for progress and a stop; null before it has begun. */
  readonly run: JobRunView | null;
}
