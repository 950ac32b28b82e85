import { adminProcedure, router } from '#server/trpc.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { retryImportLines } from '#server/use-cases/catalog/import/retry-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { summarizeImport } from '#server/use-cases/catalog/import/summarize-import.ts';
import { listImportLinesInput, retryImportInput, submitImportInput } from '#shared/contracts/catalog/import.ts';

/** Album import: 1 to 10,000 links at a time. */
export const intakeRouter = router({
  submit: adminProcedure.input(submitImportInput).mutation(({ ctx, input }) => submitImport(ctx.deps, ctx.actor, input)),
  lines: adminProcedure.input(listImportLinesInput).query(({ ctx, input }) => listImportLines(ctx.deps, ctx.actor, input)),
  summary: adminProcedure.query(({ ctx }) => summarizeImport(ctx.deps, ctx.actor)),
  retry: adminProcedure.input(retryImportInput).mutation(({ ctx, input }) => retryImportLines(ctx.deps, ctx.actor, input)),
});
