import { adminProcedure, listenerProcedure, router } from '#server/trpc.ts';
import { approveSubmissions } from '#server/use-cases/catalog/submissions/approve-submissions.ts';
import { followSubmissions } from '#server/use-cases/catalog/submissions/follow-submissions.ts';
import { listSubmissions } from '#server/use-cases/catalog/submissions/list-submissions.ts';
import { refuseSubmissions } from '#server/use-cases/catalog/submissions/refuse-submissions.ts';
import { saveSubmissionRules } from '#server/use-cases/catalog/submissions/save-submission-rules.ts';
import { submitAlbum } from '#server/use-cases/catalog/submissions/submit-album.ts';
import { viewOwnSubmissions } from '#server/use-cases/catalog/submissions/view-own-submissions.ts';
import { viewSubmissionRules } from '#server/use-cases/catalog/submissions/view-submission-rules.ts';
import { withdrawSubmission } from '#server/use-cases/catalog/submissions/withdraw-submission.ts';
import {
  approveSubmissionsInput,
  listSubmissionsInput,
  refuseSubmissionsInput,
  submissionInput,
  submitAlbumInput,
} from '#shared/contracts/catalog/submissions.ts';
import { submissionSettingsBody } from '#shared/contracts/settings.ts';

/** Albums that listeners submit, and the operator's decisions. */
export const submissionsRouter = router({
  submit: listenerProcedure
    .meta({ access: 'listener', rate: 'guess' })
    .input(submitAlbumInput)
    .mutation(({ ctx, input }) => submitAlbum(ctx.deps, ctx.actor, input)),
  mine: listenerProcedure.query(({ ctx }) => viewOwnSubmissions(ctx.deps, ctx.actor)),
  follow: listenerProcedure.subscription(({ ctx, signal }) => followSubmissions(ctx.deps, ctx, signal ?? new AbortController().signal)),
  withdraw: listenerProcedure.input(submissionInput).mutation(({ ctx, input }) => withdrawSubmission(ctx.deps, ctx.actor, input)),
  list: adminProcedure.input(listSubmissionsInput).query(({ ctx, input }) => listSubmissions(ctx.deps, ctx.actor, input)),
  approve: adminProcedure.input(approveSubmissionsInput).mutation(({ ctx, input }) => approveSubmissions(ctx.deps, ctx.actor, input)),
  refuse: adminProcedure.input(refuseSubmissionsInput).mutation(({ ctx, input }) => refuseSubmissions(ctx.deps, ctx.actor, input)),
  rules: adminProcedure.query(({ ctx }) => viewSubmissionRules(ctx.deps, ctx.actor)),
  saveRules: adminProcedure.input(submissionSettingsBody).mutation(({ ctx, input }) => saveSubmissionRules(ctx.deps, ctx.actor, input)),
});
