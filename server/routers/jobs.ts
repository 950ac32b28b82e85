import { adminProcedure, router } from '#server/trpc.ts';
import { followRuns } from '#server/use-cases/jobs/follow-runs.ts';
import { listJobRuns } from '#server/use-cases/jobs/list-runs.ts';
import { runNow } from '#server/use-cases/jobs/run-now.ts';
import { listRunsInput, runNowInput } from '#shared/contracts/jobs-inputs.ts';

/** What the clock and the queue do, and how to nudge them. */
export const jobsRouter = router({
  list: adminProcedure.input(listRunsInput).query(({ ctx, input }) => listJobRuns(ctx.deps, ctx.actor, input)),
  run: adminProcedure.input(runNowInput).mutation(({ ctx, input }) => runNow(ctx.deps, ctx.actor, input)),
  follow: adminProcedure.subscription(({ ctx, signal }) => followRuns(ctx.deps, ctx.actor, signal ?? new AbortController().signal)),
});
