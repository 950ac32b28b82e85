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
  /** Which try of its job this was; null for a run that no job did. */
  readonly attempt: number | null;
  readonly errorCode: ErrorCode | null;
  /** When the queue tries again by itself; null when it does not. */
  readonly retryAt: string | null;
  readonly cancelRequestedAt: string | null;
  /** A running run that a job does can be asked to stop. */
  readonly canCancel: boolean;
  /** What helps, safely, as one button; null when nothing has to be done. */
  readonly fix: JobFix | null;
}

/** `replay` does the same again with the same payload; `open` leads to the screen where the cause is put right. */
export type JobFix = { readonly kind: 'replay'; readonly label: string } | { readonly kind: 'open'; readonly label: string; readonly href: string };

/** A job that was tried as often as it may be: nothing happens with it any more until somebody says so. */
export interface GivenUpJobView {
  readonly id: number;
  readonly task: JobName;
  readonly attempts: number;
  readonly reason: string;
  readonly at: string;
}

/** What became of a tick of the timetable. */
export type TickFate = 'ran' | 'caught_up' | 'paused' | 'missed';

/** One task of the timetable. */
export interface TimetableRow {
  readonly task: JobName;
  /** Minutes after midnight UTC at which it runs every day; one entry for daily tasks. */
  readonly minutes: readonly number[];
  /** Today's ticks that the clock has reached, and what became of them. */
  readonly ticks: readonly { readonly at: string; readonly fate: TickFate }[];
  /** Since when this house has it in its timetable; null before the first worker came. Earlier ticks were nobody's to run. */
  readonly since: string | null;
  readonly next: string;
  readonly last: JobRunView | null;
  readonly paused: { readonly at: string; readonly by: string; readonly why: string } | null;
}

export interface TimetableView {
  readonly now: string;
  /** Seconds since any worker was heard; null when none runs. */
  readonly workerSilentS: number | null;
  readonly tasks: readonly TimetableRow[];
  /** Days of the last fortnight whose tick nobody ran. */
  readonly missed: readonly { readonly task: JobName; readonly day: string }[];
  readonly givenUp: readonly GivenUpJobView[];
}
