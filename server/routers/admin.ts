import { adminProcedure, router } from '#server/trpc.ts';
import { listAlertHistory } from '#server/use-cases/operations/alerts/list-alert-history.ts';
import { viewOverview } from '#server/use-cases/operations/view-overview.ts';

/** The operator's overview page and the history of its alerts. */
export const adminRouter = router({
  overview: adminProcedure.query(({ ctx }) => viewOverview(ctx.deps, ctx.actor)),
  incidents: adminProcedure.query(({ ctx }) => listAlertHistory(ctx.deps, ctx.actor)),
});
