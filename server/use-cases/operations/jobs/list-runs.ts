import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRuns } from '#server/repos/operations/job-runs.ts';
import type { JobRunRow } from '#server/repos/operations/job-runs.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { safeFixFor } from './safe-fix.ts';

/** Job runs, newest first. */
export async function listJobRuns(deps: Pick<Deps, 'db'>, actor: Actor, input: { limit: number }): Promise<JobRunView[]> {
  requireAdmin(actor);
  return (await listRuns(deps.db, input.limit)).map(toRunView);
}

/** A run as a view, without its payload, which may name accounts. */
export function toRunView(run: JobRunRow): JobRunView {
  return {
    id: run.id,
    task: run.task,
    status: run.status,
    trigger: run.trigger,
    doing: run.doing,
    done: run.done,
    total: run.total,
    failures: run.failures,
    outcome: run.outcome,
    remedy: run.remedy,
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    attempt: run.attempt,
    errorCode: run.errorCode,
    retryAt: iso(run.retryAt),
    cancelRequestedAt: iso(run.cancelRequestedAt),
    canCancel: run.status === 'running' && run.queueJobId !== null,
    fix: safeFixFor(run),
  };
}

const iso = (instant: Date | null) => instant?.toISOString() ?? null;
