import { adminProcedure, router } from '#server/trpc.ts';
import { listIntakeLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { retryIntakeLines } from '#server/use-cases/catalog/import/retry-import-lines.ts';
import { submitIntake } from '#server/use-cases/catalog/import/submit-import.ts';
import { summariseIntake } from '#server/use-cases/catalog/import/summarize-import.ts';
import { listIntakeInput, retryIntakeInput, submitIntakeInput } from '#shared/contracts/catalog/import.ts';

/** Album import: 1 to 10,000 links at a time. */
export const intakeRouter = router({
  submit: adminProcedure.input(submitIntakeInput).mutation(({ ctx, input }) => submitIntake(ctx.deps, ctx.actor, input)),
  lines: adminProcedure.input(listIntakeInput).query(({ ctx, input }) => listIntakeLines(ctx.deps, ctx.actor, input)),
  summary: adminProcedure.query(({ ctx }) => summariseIntake(ctx.deps, ctx.actor)),
  retry: adminProcedure.input(retryIntakeInput).mutation(({ ctx, input }) => retryIntakeLines(ctx.deps, ctx.actor, input)),
});
