import { adminProcedure, publicProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { listImportLines } from '#server/use-cases/catalog/import/list-import-lines.ts';
import { retryImportLines } from '#server/use-cases/catalog/import/retry-import-lines.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { summarizeImport } from '#server/use-cases/catalog/import/summarize-import.ts';
import { lookUpMusic } from '#server/use-cases/discovery/search/look-up-music.ts';
import { searchMusic } from '#server/use-cases/discovery/search/search-music.ts';
import { undoMerge } from '#server/use-cases/catalog/undo-merge.ts';
import { viewMerges } from '#server/use-cases/catalog/view-merges.ts';
import { undoMergeInput, viewMergesInput } from '#shared/contracts/catalog/merges.ts';
import { listImportLinesInput, retryImportInput, submitImportInput } from '#shared/contracts/catalog/import.ts';
import { lookUpInput } from '#shared/contracts/discovery/look-up.ts';
import { searchInput } from '#shared/contracts/discovery/search.ts';
import { submissionsRouter } from './submissions.ts';

/** The search, album import (1 to 10,000 links at a time), albums that listeners submit, and the recordings that were merged. */
export const catalogRouter = router({
  search: publicProcedure
    .meta({ rate: 'typing' })
    .input(searchInput)
    .query(({ ctx, input }) => searchMusic(ctx.deps, ctx.actor, input)),
  lookUp: signedInProcedure
    .meta({ rate: 'typing' })
    .input(lookUpInput)
    .query(({ ctx, input }) => lookUpMusic(ctx.deps, input)),
  submitImport: adminProcedure
    .meta({ body: 'import' })
    .input(submitImportInput)
    .mutation(({ ctx, input }) => submitImport(ctx.deps, ctx.actor, input)),
  importLines: adminProcedure.input(listImportLinesInput).query(({ ctx, input }) => listImportLines(ctx.deps, ctx.actor, input)),
  importSummary: adminProcedure.query(({ ctx }) => summarizeImport(ctx.deps, ctx.actor)),
  retryImportLines: adminProcedure.input(retryImportInput).mutation(({ ctx, input }) => retryImportLines(ctx.deps, ctx.actor, input)),
  submissions: submissionsRouter,
  merges: adminProcedure.input(viewMergesInput).query(({ ctx, input }) => viewMerges(ctx.deps, ctx.actor, input)),
  undoMerge: adminProcedure.input(undoMergeInput).mutation(({ ctx, input }) => undoMerge(ctx.deps, ctx.actor, input)),
});
