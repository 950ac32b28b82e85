import type { JobRunView } from '#shared/contracts/job-views.ts';

/**
 * State of the sync job of a day.
 * - `next`: waits for a free worker.
 * - `later`: scheduled for a future time, `at`.
 * - `working`: a worker runs it.
 * - `paused`: its task is paused.
 * - `no_worker`: ready to run, but no worker is running.
 * - `failed`: failed after its last attempt.
 */
export type SyncJobState = 'working' | 'next' | 'later' | 'paused' | 'no_worker' | 'failed';

/** The job that writes a day to Spotify, while it is in the queue. */
export interface SyncJobView {
  readonly state: SyncJobState;
  /** Time of the next attempt; null unless that is in the future. */
  readonly at: string | null;
  /** True when it applies only an approved dry run. */
  readonly isApproved: boolean;
  /** Its run, for progress and canceling; null before it has started. */
  readonly run: JobRunView | null;
}
