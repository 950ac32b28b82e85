import { adminProcedure, router } from '#server/trpc.ts';
import { tryVendorNow } from '#server/use-cases/operations/vendors/try-vendor-now.ts';
import { viewVendors } from '#server/use-cases/operations/vendors/view-vendors.ts';
import { tryVendorInput } from '#shared/contracts/operations/vendors.ts';

/** The vendors in use: status, limits and breakers. */
export const vendorsRouter = router({
  state: adminProcedure.query(({ ctx }) => viewVendors(ctx.deps, ctx.actor)),
  tryNow: adminProcedure.input(tryVendorInput).mutation(({ ctx, input }) => tryVendorNow(ctx.deps, ctx.actor, input)),
});
