import { adminProcedure, publicProcedure, router } from '#server/trpc.ts';
import { diffDays } from '#server/use-cases/playlists/history/diff-days.ts';
import { previewRollback } from '#server/use-cases/playlists/history/preview-rollback.ts';
import { endRollback, rollBack } from '#server/use-cases/playlists/history/roll-back.ts';
import { viewHistory } from '#server/use-cases/playlists/history/view-history.ts';
import { confirmRollbackInput, diffDaysInput, playlistInput, rollbackInput } from '#shared/contracts/playlists/network.ts';

/** Playlist history: any past day, the difference between two days, and rollback to an earlier day. */
export const historyRouter = router({
  view: publicProcedure.input(playlistInput).query(({ ctx, input }) => viewHistory(ctx.deps, input)),
  diff: publicProcedure.input(diffDaysInput).query(({ ctx, input }) => diffDays(ctx.deps, input)),
  previewRollback: adminProcedure.input(rollbackInput).query(({ ctx, input }) => previewRollback(ctx.deps, ctx.actor, input)),
  rollBack: adminProcedure.input(confirmRollbackInput).mutation(({ ctx, input }) => rollBack(ctx.deps, ctx.actor, input)),
  endRollback: adminProcedure.input(playlistInput).mutation(({ ctx, input }) => endRollback(ctx.deps, ctx.actor, { index: input.index })),
});
