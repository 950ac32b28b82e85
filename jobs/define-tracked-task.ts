import type { Deps } from '#server/deps.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import type { JobName, JobPayload } from '#shared/contracts/jobs.ts';
import { databaseUnavailable } from '#server/database/unavailable.ts';
import { AppError, RETRIED_AUTOMATICALLY } from '#shared/errors.ts';
import { defineTask } from './define-task.ts';
import type { TaskSpec, TimedTask } from './define-task.ts';

interface TrackedTaskSpec<N extends JobName> extends Omit<TaskSpec<N>, 'run'> {
  /** Who requested the run; undefined for a job that is not shown as a run. */
  readonly trigger: (payload: JobPayload<N>) => string | undefined;
  /** The longest time between two reports of progress, after which the run is ended. Without one only the time limit applies. */
  readonly stallMs?: number;
  readonly run: (payload: JobPayload<N>, signal: AbortSignal, report: Report) => Promise<Outcome>;
}

/** Creates a job handler whose runs people can follow and cancel on the Jobs page. */
export function defineTrackedTask<N extends JobName>(deps: Deps, name: N, { trigger, run, stallMs, ...spec }: TrackedTaskSpec<N>): TimedTask {
  return defineTask(deps, name, {
    ...spec,
    run: async (payload, signal) => {
      const runTrigger = trigger(payload);
      if (runTrigger === undefined) await run(payload, signal, async () => {});
      else await trackRun(deps, { task: name, trigger: runTrigger, signal, stallMs }, (report) => run(payload, signal, report).catch(explainOutage));
    },
  });
}

/** Says that the database was away where it was, so that people do not read a driver's message. Vendors' errors are AppErrors already. */
function explainOutage(error: unknown): never {
  const outage = error instanceof AppError ? undefined : databaseUnavailable(error);
  if (!outage) throw error;
  throw new AppError(outage.code, { message: outage.message, remedy: RETRIED_AUTOMATICALLY, cause: error });
}
