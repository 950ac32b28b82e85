import type { Alert } from '#shared/contracts/alerts.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import type { JobName } from '#shared/contracts/jobs.ts';

export interface OverviewView {
  /** Summary sentence: "Today is done, except one playlist." */
  readonly summary: string;
  readonly today: string;
  readonly now: string;
  readonly detail: string;
  readonly steps: readonly {
    readonly task: JobName;
    readonly at: string;
    readonly state: 'done' | 'partly' | 'waiting' | 'now' | 'failed';
    readonly message: string;
  }[];
  /** Worst first. */
  readonly alerts: readonly Alert[];
  readonly upcoming: readonly { readonly at: string; readonly what: string; readonly detail: string }[];
  /** What runs out, soonest first; `left` is the remaining share, 0–1. */
  readonly runningOut: readonly {
    readonly what: string;
    readonly when: string;
    readonly left: number;
    readonly detail: string;
    readonly level: 'ok' | 'soon' | 'dry';
  }[];
  readonly runningJobs: readonly JobRunView[];
}
