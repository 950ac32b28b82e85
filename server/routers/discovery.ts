import { adminProcedure, listenerProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { addDislike } from '#server/use-cases/discovery/dislikes/add-dislike.ts';
import { removeDislike } from '#server/use-cases/discovery/dislikes/remove-dislike.ts';
import { viewDislikes } from '#server/use-cases/discovery/dislikes/view-dislikes.ts';
import { exportList } from '#server/use-cases/discovery/lists/export-list.ts';
import { matchList } from '#server/use-cases/discovery/lists/match-list.ts';
import { findPath } from '#server/use-cases/discovery/paths/find-path.ts';
import { viewHome } from '#server/use-cases/discovery/home/view-home.ts';
import { draftVibePolicy } from '#server/use-cases/discovery/vibes/draft-vibe-policy.ts';
import { generateVibe } from '#server/use-cases/discovery/vibes/generate-vibe.ts';
import { dislikeInput } from '#shared/contracts/discovery/dislikes.ts';
import { draftVibePolicyInput, generateVibeInput } from '#shared/contracts/discovery/generate-vibe.ts';
import { exportListInput } from '#shared/contracts/discovery/export-list.ts';
import { importListInput } from '#shared/contracts/discovery/import-list.ts';
import { pathInput } from '#shared/contracts/discovery/path.ts';
import { listMatchers } from '#server/use-cases/discovery/seeds/list-matchers.ts';
import { previewFromSeeds } from '#server/use-cases/discovery/seeds/preview-from-seeds.ts';
import { fromSeedsInput } from '#shared/contracts/discovery/seeds.ts';
import { savedRouter } from './saved.ts';

/** What a listener does not want to be offered. */
const dislikesRouter = router({
  list: listenerProcedure.query(({ ctx }) => viewDislikes(ctx.deps, ctx.actor)),
  add: listenerProcedure.input(dislikeInput).mutation(({ ctx, input }) => addDislike(ctx.deps, ctx.actor, input)),
  remove: listenerProcedure.input(dislikeInput).mutation(({ ctx, input }) => removeDislike(ctx.deps, ctx.actor, input)),
});

/** Lists that people bring along. */
const importListRouter = router({
  match: signedInProcedure
    .meta({ access: 'listener', body: 'import', rate: 'preview' })
    .input(importListInput)
    .mutation(({ ctx, input }) => matchList(ctx.deps, input)),
});

/** From a song, an artist or a mood to a playlist. */
export const discoveryRouter = router({
  dislikes: dislikesRouter,
  importList: importListRouter,
  saved: savedRouter,
  home: listenerProcedure.meta({ access: 'listener', rate: 'detail' }).query(({ ctx }) => viewHome(ctx.deps, ctx.actor)),
  generate: signedInProcedure
    .meta({ access: 'listener', rate: 'preview' })
    .input(generateVibeInput)
    .mutation(({ ctx, input, signal }) => generateVibe(ctx.deps, ctx.actor, { ...input, signal })),
  draftPolicy: adminProcedure
    .meta({ access: 'operator', rate: 'preview' })
    .input(draftVibePolicyInput)
    .mutation(({ ctx, input }) => draftVibePolicy(ctx.deps, ctx.actor, input)),
  matchers: signedInProcedure.query(() => listMatchers()),
  fromSeeds: signedInProcedure
    .meta({ rate: 'preview' })
    .input(fromSeedsInput)
    .query(({ ctx, input }) => previewFromSeeds(ctx.deps, ctx.actor, input)),
  path: signedInProcedure
    .meta({ rate: 'preview' })
    .input(pathInput)
    .query(({ ctx, input }) => findPath(ctx.deps, ctx.actor, input)),
  exportList: signedInProcedure
    .meta({ access: 'listener', body: 'list', rate: 'preview' })
    .input(exportListInput)
    .mutation(({ ctx, input }) => exportList(ctx.deps, input)),
});
