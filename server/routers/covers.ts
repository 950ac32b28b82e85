import { signedInProcedure, router } from '#server/trpc.ts';
import { analyzeMusic } from '#server/use-cases/covers/analyze-music.ts';
import { drawPicture } from '#server/use-cases/covers/draw-picture.ts';
import { proposeWords } from '#server/use-cases/covers/propose-words.ts';
import { analyzeMusicInput } from '#shared/contracts/covers/analysis.ts';
import { drawPictureInput } from '#shared/contracts/covers/local-art.ts';
import { proposeWordsInput } from '#shared/contracts/covers/words.ts';

/** Covers, from the music to Spotify. */
export const coversRouter = router({
  analyze: signedInProcedure
    .meta({ access: 'listener', rate: 'vendors' })
    .input(analyzeMusicInput)
    .query(({ ctx, input, signal }) => analyzeMusic(ctx.deps, ctx.actor, { ...input, signal })),
  proposeWords: signedInProcedure
    .meta({ access: 'listener', rate: 'vendors' })
    .input(proposeWordsInput)
    .mutation(({ ctx, input, signal }) => proposeWords(ctx.deps, { ...input, signal })),
  draw: signedInProcedure
    .meta({ access: 'listener', rate: 'vendors' })
    .input(drawPictureInput)
    .mutation(({ ctx, input, signal }) => drawPicture(ctx.deps, ctx.actor, { ...input, signal })),
});
