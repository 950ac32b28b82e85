import { listenerProcedure, router } from '#server/trpc.ts';
import { addDislike } from '#server/use-cases/discovery/dislikes/add-dislike.ts';
import { removeDislike } from '#server/use-cases/discovery/dislikes/remove-dislike.ts';
import { viewDislikes } from '#server/use-cases/discovery/dislikes/view-dislikes.ts';
import { dislikeInput } from '#shared/contracts/discovery/dislikes.ts';

/** What a listener does not want to be offered. */
const dislikesRouter = router({
  list: listenerProcedure.query(({ ctx }) => viewDislikes(ctx.deps, ctx.actor)),
  add: listenerProcedure.input(dislikeInput).mutation(({ ctx, input }) => addDislike(ctx.deps, ctx.actor, input)),
  remove: listenerProcedure.input(dislikeInput).mutation(({ ctx, input }) => removeDislike(ctx.deps, ctx.actor, input)),
});

/** From a song, an artist or a mood to a playlist. */
export const discoveryRouter = router({ dislikes: dislikesRouter });
