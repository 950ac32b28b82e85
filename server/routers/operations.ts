import { adminProcedure, router } from '#server/trpc.ts';
import { listAlertHistory } from '#server/use-cases/operations/alerts/list-alert-history.ts';
import { cancelRun } from '#server/use-cases/operations/jobs/cancel-run.ts';
import { followRuns } from '#server/use-cases/operations/jobs/follow-runs.ts';
import { listJobRuns } from '#server/use-cases/operations/jobs/list-runs.ts';
import { pauseTask } from '#server/use-cases/operations/schedule/pause-task.ts';
import { replayRun } from '#server/use-cases/operations/jobs/replay-run.ts';
import { resumeTask } from '#server/use-cases/operations/schedule/resume-task.ts';
import { runNow } from '#server/use-cases/operations/jobs/run-now.ts';
import { resolveFailedJob } from '#server/use-cases/operations/jobs/resolve-failed-job.ts';
import { viewSchedule } from '#server/use-cases/operations/schedule/view-schedule.ts';
import { tryVendorNow } from '#server/use-cases/operations/vendors/try-vendor-now.ts';
import { viewVendors } from '#server/use-cases/operations/vendors/view-vendors.ts';
import { viewOverview } from '#server/use-cases/operations/view-overview.ts';
import { failedJobInput, jobRunInput, listRunsInput, pauseTaskInput, resumeTaskInput, runNowInput } from '#shared/contracts/operations/job-inputs.ts';
import { tryVendorInput } from '#shared/contracts/operations/vendors.ts';

/** Scheduled and queued jobs: status, live updates, run, pause, resume, cancel, retry. */
const jobsRouter = router({
  list: adminProcedure.input(listRunsInput).query(({ ctx, input }) => listJobRuns(ctx.deps, ctx.actor, input)),
  schedule: adminProcedure.query(({ ctx }) => viewSchedule(ctx.deps, ctx.actor)),
  run: adminProcedure.input(runNowInput).mutation(({ ctx, input }) => runNow(ctx.deps, ctx.actor, input)),
  pause: adminProcedure.input(pauseTaskInput).mutation(({ ctx, input }) => pauseTask(ctx.deps, ctx.actor, input)),
  resume: adminProcedure.input(resumeTaskInput).mutation(({ ctx, input }) => resumeTask(ctx.deps, ctx.actor, input)),
  cancel: adminProcedure.input(jobRunInput).mutation(({ ctx, input }) => cancelRun(ctx.deps, ctx.actor, input)),
  replay: adminProcedure.input(jobRunInput).mutation(({ ctx, input }) => replayRun(ctx.deps, ctx.actor, input)),
  replayFailed: adminProcedure
    .input(failedJobInput)
    .mutation(({ ctx, input }) => resolveFailedJob(ctx.deps, ctx.actor, { ...input, decision: 'replay' })),
  dismissFailed: adminProcedure
    .input(failedJobInput)
    .mutation(({ ctx, input }) => resolveFailedJob(ctx.deps, ctx.actor, { ...input, decision: 'dismiss' })),
  follow: adminProcedure.subscription(({ ctx, signal }) => followRuns(ctx.deps, ctx, signal ?? new AbortController().signal)),
});

/** The vendors in use: status, limits and breakers. */
const vendorsRouter = router({
  state: adminProcedure.query(({ ctx }) => viewVendors(ctx.deps, ctx.actor)),
  tryNow: adminProcedure.input(tryVendorInput).mutation(({ ctx, input }) => tryVendorNow(ctx.deps, ctx.actor, input)),
});

/** The operator's overview page, the history of its alerts, jobs and vendors. */
export const operationsRouter = router({
  overview: adminProcedure.query(({ ctx }) => viewOverview(ctx.deps, ctx.actor)),
  alertHistory: adminProcedure.query(({ ctx }) => listAlertHistory(ctx.deps, ctx.actor)),
  jobs: jobsRouter,
  vendors: vendorsRouter,
});
