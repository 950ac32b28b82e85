import { adminProcedure, router } from '#server/trpc.ts';
import { cancelRun } from '#server/use-cases/operations/jobs/cancel-run.ts';
import { followRuns } from '#server/use-cases/operations/jobs/follow-runs.ts';
import { listJobRuns } from '#server/use-cases/operations/jobs/list-runs.ts';
import { pauseTask } from '#server/use-cases/operations/schedule/pause-task.ts';
import { replayRun } from '#server/use-cases/operations/jobs/replay-run.ts';
import { resumeTask } from '#server/use-cases/operations/schedule/resume-task.ts';
import { runNow } from '#server/use-cases/operations/jobs/run-now.ts';
import { resolveFailedJob } from '#server/use-cases/operations/jobs/resolve-failed-job.ts';
import { viewSchedule } from '#server/use-cases/operations/schedule/view-schedule.ts';
import { failedJobInput, jobRunInput, listRunsInput, pauseTaskInput, resumeTaskInput, runNowInput } from '#shared/contracts/operations/job-inputs.ts';

/** Scheduled and queued jobs: status, live updates, run, pause, resume, cancel, retry. */
export const jobsRouter = router({
  list: adminProcedure.input(listRunsInput).query(({ ctx, input }) => listJobRuns(ctx.deps, ctx.actor, input)),
  timetable: adminProcedure.query(({ ctx }) => viewSchedule(ctx.deps, ctx.actor)),
  run: adminProcedure.input(runNowInput).mutation(({ ctx, input }) => runNow(ctx.deps, ctx.actor, input)),
  pause: adminProcedure.input(pauseTaskInput).mutation(({ ctx, input }) => pauseTask(ctx.deps, ctx.actor, input)),
  resume: adminProcedure.input(resumeTaskInput).mutation(({ ctx, input }) => resumeTask(ctx.deps, ctx.actor, input)),
  cancel: adminProcedure.input(jobRunInput).mutation(({ ctx, input }) => cancelRun(ctx.deps, ctx.actor, input)),
  replay: adminProcedure.input(jobRunInput).mutation(({ ctx, input }) => replayRun(ctx.deps, ctx.actor, input)),
  replayGivenUp: adminProcedure
    .input(failedJobInput)
    .mutation(({ ctx, input }) => resolveFailedJob(ctx.deps, ctx.actor, { ...input, decision: 'replay' })),
  dismissGivenUp: adminProcedure
    .input(failedJobInput)
    .mutation(({ ctx, input }) => resolveFailedJob(ctx.deps, ctx.actor, { ...input, decision: 'dismiss' })),
  follow: adminProcedure.subscription(({ ctx, signal }) => followRuns(ctx.deps, ctx.actor, signal ?? new AbortController().signal)),
});
