import type { Deps } from '#server/deps.ts';
import { listAuditDetails } from '#server/repos/audit-log.ts';
import { listGivenUpJobs } from '#server/repos/job-queue.ts';
import type { QueuedJob } from '#server/repos/job-queue.ts';
import { listNewestRuns } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import type { PausedTask } from '#server/repos/operations/task-settings.ts';
import { listTicks } from '#server/repos/operations/timetable-ticks.ts';
import type { TickRow } from '#server/repos/operations/timetable-ticks.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { dayOf } from '#shared/domain/days.ts';
import { reasonInWords } from '../jobs/reason-in-words.ts';

const DAY_MS = 86_400_000;
/** Progress is reported every few seconds; this much silence is no pause between two. */
const STUCK_MS = 30 * 60_000;
/** A pause that is forgotten costs lists. */
const PAUSED_LONG_MS = DAY_MS;
/** A missed day cannot be mended; it is news for so long. */
const MISSED_NEWS_MS = 2 * DAY_MS;
/** When a worker counts as dead; see jobs/run-worker.ts. */
const SILENT_S = 90;
const JOBS = { label: 'Open jobs', href: '/admin/jobs' };

/**
 * Jobs that were given up, runs that failed or stand still, tasks paused for long, days nobody made lists for, and a queue without a worker. A job
 * that was given up speaks for its run as well, and is settled with it.
 */
export async function listJobTroubles(deps: Pick<Deps, 'db' | 'now'>): Promise<Trouble[]> {
  const now = deps.now();
  const [givenUp, newest, paused, ticks, silentS] = await Promise.all([
    listGivenUpJobs(deps.db),
    listNewestRuns(deps.db),
    listPausedTasks(deps.db),
    listTicks(deps.db, new Date(now.getTime() - MISSED_NEWS_MS)),
    findWorkerSilence(deps.db),
  ]);
  return [
    ...(silentS !== null && silentS > SILENT_S ? [noWorker(silentS)] : []),
    ...givenUp.map((job) => ({
      key: `job:${job.id}:given-up`,
      level: 'critical' as const,
      what: `${nameOf(job.task)} was given up`,
      detail: `It was tried ${job.attempts === 1 ? 'once' : `${job.attempts} times`}. ${reasonInWords(job)} Replay it once the cause is gone, or dismiss it.`,
      action: JOBS,
    })),
    ...(await leaveOutTold(deps, newest, givenUp)).flatMap((run) => troubleOf(run, now)),
    ...paused.filter(({ pausedAt }) => now.getTime() - pausedAt.getTime() > PAUSED_LONG_MS).map(pausedLong),
    ...ticks.filter(({ how }) => how === 'missed').map(missedDay),
  ];
}

/** The runs whose failure no given-up job tells of, neither one that waits for a word nor one that was dismissed. */
async function leaveOutTold(deps: Pick<Deps, 'db'>, runs: readonly JobRunRow[], givenUp: readonly QueuedJob[]): Promise<readonly JobRunRow[]> {
  const failed = runs.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return runs;
  const since = new Date(Math.min(...failed.map(({ createdAt }) => createdAt.getTime())));
  const dismissed = await listAuditDetails(deps.db, { action: 'job.dismiss', since });
  const told = new Set([...givenUp.map(({ id }) => String(id)), ...dismissed]);
  return runs.filter(({ status, queueJobId }) => status !== 'failed' || !told.has(String(queueJobId)));
}

function noWorker(silentS: number): Trouble {
  return {
    key: 'queue:no-worker',
    level: 'critical',
    what: 'No worker takes jobs',
    detail: `None was heard for ${Math.round(silentS)} s. Start one with npm run worker; what waits is not lost.`,
    action: JOBS,
  };
}

function troubleOf(run: JobRunRow, now: Date): Trouble[] {
  if (run.status === 'failed') {
    const detail = [run.outcome, run.remedy].filter(Boolean).join(' ');
    return [{ key: `task:${run.task}:failed`, level: 'critical', what: `${nameOf(run.task)} failed`, detail, action: JOBS }];
  }
  const silentMs = now.getTime() - run.changedAt.getTime();
  if (run.status !== 'running' || silentMs < STUCK_MS) return [];
  const detail = `It has reported nothing for ${Math.floor(silentMs / 60_000)} minutes. It ends by itself at its time limit; cancel it to try again sooner.`;
  return [{ key: `task:${run.task}:stuck`, level: 'warning', what: `${nameOf(run.task)} stands still`, detail, action: JOBS }];
}

function pausedLong({ task, pausedAt, pausedWhy }: PausedTask): Trouble {
  const detail = `Since ${dayOf(pausedAt)}: ${pausedWhy}. Its ticks are left out until it is resumed.`;
  return { key: `task:${task}:paused`, level: 'warning', what: `${nameOf(task)} is paused`, detail, action: JOBS };
}

function missedDay({ task, tick }: TickRow): Trouble {
  const detail = 'No worker ran on that day. Today’s lists are made as always; a list for a day that is over is not invented.';
  return { key: `tick:${task}:${dayOf(tick)}:missed`, level: 'warning', what: `${nameOf(task)} missed ${dayOf(tick)}`, detail, action: JOBS };
}

function nameOf(task: JobName): string {
  const words = task.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
