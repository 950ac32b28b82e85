import { adminProcedure, router } from '#server/trpc.ts';
import { viewOverview } from '#server/use-cases/operations/view-overview.ts';

/** The operator's first page. */
export const adminRouter = router({ overview: adminProcedure.query(({ ctx }) => viewOverview(ctx.deps, ctx.actor)) });
