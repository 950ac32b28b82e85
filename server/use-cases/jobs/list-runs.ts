import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listRuns } from '#server/repos/job-runs.ts';
import type { JobRunRow } from '#server/repos/job-runs.ts';
import type { JobRunView } from '#shared/contracts/views.ts';

/** Job runs, newest first. */
export async function listJobRuns(deps: Pick<Deps, 'db'>, actor: Actor, input: { limit: number }): Promise<JobRunView[]> {
  requireAdmin(actor);
  return (await listRuns(deps.db, input.limit)).map(toRunView);
}

/** A run as people see it. */
export function toRunView(run: JobRunRow): JobRunView {
  const { changedAt: _changed, createdAt, startedAt, finishedAt, ...rest } = run;
  return { ...rest, createdAt: createdAt.toISOString(), startedAt: startedAt?.toISOString() ?? null, finishedAt: finishedAt?.toISOString() ?? null };
}
