import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listQueuedJobs } from '#server/repos/job-queue.ts';
import type { QueuedJob } from '#server/repos/job-queue.ts';
import { listNewestRuns } from '#server/repos/operations/job-runs.ts';
import { listPausedTasks } from '#server/repos/operations/task-settings.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import { toRunView } from './list-runs.ts';
import type { ListSyncPlansInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncJobState, SyncJobView } from '#shared/contracts/sync/sync-job.ts';
import { dayOf } from '#shared/domain/days.ts';

const TASK = 'sync-playlists';
/** Seconds without a heartbeat after which a worker counts as dead; see jobs/run-worker.ts. */
const SILENT_S = 90;
/** Among several jobs of a day, the one furthest along is shown. */
const ORDER: readonly SyncJobState[] = ['working', 'next', 'later', 'paused', 'no_worker', 'failed'];

/** The job that will write or is writing a day (default: today in UTC); null when none is queued. */
export async function viewSyncInProgress(deps: Pick<Deps, 'db' | 'now'>, actor: Actor, input: ListSyncPlansInput): Promise<SyncJobView | null> {
  requireAdmin(actor);
  const now = deps.now();
  const [jobs, runs, paused, silentS] = await Promise.all([
    listQueuedJobs(deps.db, TASK),
    listNewestRuns(deps.db),
    listPausedTasks(deps.db),
    findWorkerSilence(deps.db),
  ]);
  const queueState = { isPaused: paused.some(({ task }) => task === TASK), hasWorker: silentS !== null && silentS <= SILENT_S };
  const day = input.day ?? dayOf(now);
  const [first] = jobs
    .filter((job) => dayOfJob(job, now) === day)
    .map((job) => ({ job, state: stateOf(job, queueState) }))
    .toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  if (!first) return null;
  const { job, state } = first;
  const run = runs.find((one) => one.queueJobId === job.id && one.status === 'running');
  return {
    state,
    at: state === 'later' ? job.runAt.toISOString() : null,
    isApproved: typeof job.payload['dryRunId'] === 'string',
    run: run ? toRunView(run) : null,
  };
}

function stateOf(job: QueuedJob, queueState: { isPaused: boolean; hasWorker: boolean }): SyncJobState {
  if (job.isRunning) return 'working';
  if (job.isFailed) return 'failed';
  if (queueState.isPaused) return 'paused';
  if (!job.isDue) return 'later';
  return queueState.hasWorker ? 'next' : 'no_worker';
}

/** The day of a job: named in its payload, else the day of its scheduled run, else the day on which it runs. */
function dayOfJob({ payload }: QueuedJob, now: Date): string {
  const { day, _cron: cron } = payload;
  if (typeof day === 'string') return day;
  if (typeof cron !== 'object' || cron === null || !('ts' in cron) || typeof cron.ts !== 'string') return dayOf(now);
  return dayOf(new Date(cron.ts));
}
