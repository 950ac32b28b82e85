import type { Deps } from '#server/deps.ts';
import { listAuditDetails } from '#server/repos/audit-log.ts';
import { listFailedJobs } from '#server/repos/job-queue.ts';
import type { FailedJob } from '#server/repos/job-queue.ts';
import { listNewestRuns } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import type { PausedTask } from '#server/repos/operations/task-settings.ts';
import { listScheduledRuns } from '#server/repos/operations/scheduled-runs.ts';
import type { ScheduledRunRow } from '#server/repos/operations/scheduled-runs.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { failureReason } from '../jobs/failure-reason.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** A run that reports no progress for this long is stuck; reports normally come every few seconds. */
const STUCK_MS = 30 * 60_000;
/** A task paused longer than this raises an alert: a forgotten pause costs lists. */
const PAUSED_LONG_MS = DAY_MS;
/** A missed day cannot be recovered; its alert stays this long. */
const MISSED_SHOWN_MS = 2 * DAY_MS;
/** Seconds without a heartbeat after which a worker counts as dead; see jobs/run-worker.ts. */
const SILENT_S = 90;
const JOBS = { label: 'Open jobs', href: '/admin/jobs' };

/**
 * Job alerts: failed jobs, failed or stuck runs, tasks paused for long, missed days, and a queue without a worker. A failed job also stands for its
 * run and is resolved with it.
 */
export async function listJobAlerts(deps: Pick<Deps, 'db' | 'now'>): Promise<Alert[]> {
  const now = deps.now();
  const [failedJobs, newest, paused, scheduledRuns, silentS] = await Promise.all([
    listFailedJobs(deps.db),
    listNewestRuns(deps.db),
    listPausedTasks(deps.db),
    listScheduledRuns(deps.db, new Date(now.getTime() - MISSED_SHOWN_MS)),
    findWorkerSilence(deps.db),
  ]);
  return [
    ...(silentS !== null && silentS > SILENT_S ? [noWorker(silentS)] : []),
    ...failedJobs.map((job) => ({
      key: `job:${job.id}:given-up`,
      level: 'critical' as const,
      what: `${nameOf(job.task)} failed`,
      detail: `Gave up after ${job.attempts === 1 ? '1 attempt' : `${job.attempts} attempts`}. ${failureReason(job)} Replay it when the cause is fixed, or dismiss it.`,
      action: JOBS,
    })),
    ...(await withoutReported(deps, newest, failedJobs)).flatMap((run) => alertsOf(run, now)),
    ...paused.filter(({ pausedAt }) => now.getTime() - pausedAt.getTime() > PAUSED_LONG_MS).map(pausedLong),
    ...scheduledRuns.filter(({ how }) => how === 'missed').map(missedDay),
  ];
}

/** Leaves out failed runs that a failed job already reports, open or dismissed. */
async function withoutReported(deps: Pick<Deps, 'db'>, runs: readonly JobRunRow[], failedJobs: readonly FailedJob[]): Promise<readonly JobRunRow[]> {
  const failed = runs.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return runs;
  const since = new Date(Math.min(...failed.map(({ createdAt }) => createdAt.getTime())));
  const dismissed = await listAuditDetails(deps.db, { action: 'job.dismiss', since });
  const reported = new Set([...failedJobs.map(({ id }) => String(id)), ...dismissed]);
  return runs.filter(({ status, queueJobId }) => status !== 'failed' || !reported.has(String(queueJobId)));
}

function noWorker(silentS: number): Alert {
  return {
    key: 'queue:no-worker',
    level: 'critical',
    what: 'No worker is running',
    detail: `No heartbeat for ${Math.round(silentS)} s. Start one with npm run worker. Queued jobs are not lost.`,
    action: JOBS,
  };
}

function alertsOf(run: JobRunRow, now: Date): Alert[] {
  if (run.status === 'failed') {
    const detail = [run.outcome, run.remedy].filter(Boolean).join(' ');
    return [{ key: `task:${run.task}:failed`, level: 'critical', what: `${nameOf(run.task)} failed`, detail, action: JOBS }];
  }
  if (run.task === 'check-assets' && run.status === 'done' && run.failures > 0) {
    const detail = `${run.outcome ?? ''} Restore them from a backup into the store; the next check closes this alert.`;
    return [{ key: 'assets:missing', level: 'critical', what: 'Stored pictures are missing or damaged', detail, action: JOBS }];
  }
  const silentMs = now.getTime() - run.changedAt.getTime();
  if (run.status !== 'running' || silentMs < STUCK_MS) return [];
  const detail = `No progress for ${Math.floor(silentMs / 60_000)} minutes. It stops automatically at its time limit; cancel it to try again sooner.`;
  return [{ key: `task:${run.task}:stuck`, level: 'warning', what: `${nameOf(run.task)} is stuck`, detail, action: JOBS }];
}

function pausedLong({ task, pausedAt, pausedWhy }: PausedTask): Alert {
  const detail = `Since ${dayOf(pausedAt)}: ${pausedWhy}. Scheduled runs are skipped until you resume it.`;
  return { key: `task:${task}:paused`, level: 'warning', what: `${nameOf(task)} is paused`, detail, action: JOBS };
}

function missedDay({ task, tick }: ScheduledRunRow): Alert {
  const detail = 'No worker ran on that day. Today’s lists are made as usual; lists for past days are not created.';
  return { key: `tick:${task}:${dayOf(tick)}:missed`, level: 'warning', what: `${nameOf(task)} missed ${dayOf(tick)}`, detail, action: JOBS };
}

function nameOf(task: JobName): string {
  const words = task.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
