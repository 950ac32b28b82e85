import type { ErrorCode } from '../errors.ts';
import type { JobRunStatus } from '../vocabulary.ts';
import type { JobName } from './jobs.ts';

/** One run of a task, as it is now. */
export interface JobRunView {
  readonly id: string;
  readonly task: JobName;
  readonly status: JobRunStatus;
  readonly trigger: string;
  readonly doing: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly failures: number;
  readonly outcome: string | null;
  readonly remedy: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** Number of the job's attempt; null for a run outside the queue. */
  readonly attempt: number | null;
  readonly errorCode: ErrorCode | null;
  /** When the queue retries automatically; null when it does not. */
  readonly retryAt: string | null;
  readonly cancelRequestedAt: string | null;
  /** True while the run belongs to a job that is running. */
  readonly canCancel: boolean;
  /** A safe fix, shown as one button; null when nothing has to be done. */
  readonly fix: JobFix | null;
}

/** `replay` runs the task again with the same payload; `open` links to the page where the cause can be fixed. */
export type JobFix = { readonly kind: 'replay'; readonly label: string } | { readonly kind: 'open'; readonly label: string; readonly href: string };

/** A job that used up its attempts: the queue will not retry it until an operator does. */
export interface FailedJobView {
  readonly id: number;
  readonly task: JobName;
  readonly attempts: number;
  readonly reason: string;
  readonly at: string;
}

/** Status of a scheduled run. */
export type ScheduledRunStatus = 'ran' | 'caught_up' | 'paused' | 'missed';

/** One task of the schedule. */
export interface ScheduleRow {
  readonly task: JobName;
  /** Minutes after midnight UTC at which it runs; one entry for daily tasks. */
  readonly minutes: readonly number[];
  /** Today's scheduled runs that are due, with their status. */
  readonly scheduledRuns: readonly { readonly at: string; readonly status: ScheduledRunStatus }[];
  /** Since when this installation schedules it; null before the first worker started. Earlier times are not counted as missed. */
  readonly since: string | null;
  readonly nextRunAt: string;
  readonly lastRun: JobRunView | null;
  readonly paused: { readonly at: string; readonly by: string; readonly why: string } | null;
}

export interface ScheduleView {
  readonly now: string;
  /** Seconds since the last heartbeat of any worker; null when none runs. */
  readonly secondsSinceHeartbeat: number | null;
  readonly tasks: readonly ScheduleRow[];
  /** Scheduled days of the last 14 days that did not run. */
  readonly missed: readonly { readonly task: JobName; readonly day: string }[];
  readonly failedJobs: readonly FailedJobView[];
}
