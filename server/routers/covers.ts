import { adminProcedure, signedInProcedure, router } from '#server/trpc.ts';
import { analyzeMusic } from '#server/use-cases/covers/analyze-music.ts';
import { drawPicture } from '#server/use-cases/covers/draw-picture.ts';
import { listNetworkCovers } from '#server/use-cases/covers/network/list-network-covers.ts';
import { readCoverRules } from '#server/use-cases/covers/network/read-cover-rules.ts';
import { saveCoverRules } from '#server/use-cases/covers/network/save-cover-rules.ts';
import { redrawCover } from '#server/use-cases/covers/network/redraw-cover.ts';
import { restoreCover } from '#server/use-cases/covers/network/restore-cover.ts';
import { analyzeCoverAgain } from '#server/use-cases/covers/projects/analyze-cover-again.ts';
import { changeCoverSource } from '#server/use-cases/covers/projects/change-cover-source.ts';
import { chooseCoverPicture } from '#server/use-cases/covers/projects/choose-cover-picture.ts';
import { createCover } from '#server/use-cases/covers/projects/create-cover.ts';
import { drawCoverPicture } from '#server/use-cases/covers/projects/draw-cover-picture.ts';
import { exportCoverType } from '#server/use-cases/covers/projects/export-cover-type.ts';
import { listCovers } from '#server/use-cases/covers/projects/list-covers.ts';
import { proposeCoverTitles } from '#server/use-cases/covers/projects/propose-cover-titles.ts';
import { removeCover } from '#server/use-cases/covers/projects/remove-cover.ts';
import { setCoverType } from '#server/use-cases/covers/projects/set-cover-type.ts';
import { setCoverWords } from '#server/use-cases/covers/projects/set-cover-words.ts';
import { viewCover } from '#server/use-cases/covers/projects/view-cover.ts';
import { proposeWords } from '#server/use-cases/covers/propose-words.ts';
import { applyUpload } from '#server/use-cases/covers/uploads/apply-upload.ts';
import { listUploads } from '#server/use-cases/covers/uploads/list-uploads.ts';
import { planRestore } from '#server/use-cases/covers/uploads/plan-restore.ts';
import { planUpload } from '#server/use-cases/covers/uploads/plan-upload.ts';
import { viewUpload } from '#server/use-cases/covers/uploads/view-upload.ts';
import { analyzeMusicInput } from '#shared/contracts/covers/analysis.ts';
import { drawPictureInput } from '#shared/contracts/covers/local-art.ts';
import { networkCoverInput } from '#shared/contracts/covers/network-covers.ts';
import {
  changeSourceInput,
  choosePictureInput,
  coverInput,
  createCoverInput,
  drawCoverPictureInput,
  exportTypeInput,
  listCoversInput,
  proposeTitlesInput,
  setTypeInput,
  setWordsInput,
} from '#shared/contracts/covers/projects.ts';
import { applyUploadInput, planUploadInput, uploadInput } from '#shared/contracts/covers/uploads.ts';
import { coverSettingsBody } from '#shared/contracts/settings.ts';
import { proposeWordsInput } from '#shared/contracts/covers/words.ts';

/** Reading the own covers, and changing them without asking a vendor. */
const own = signedInProcedure.meta({ access: 'listener' });
/** What asks a vendor or draws. */
const working = signedInProcedure.meta({ access: 'listener', rate: 'vendors' });

/** Covers, from the music to Spotify: single tools, and covers that are made step by step. */
export const coversRouter = router({
  analyze: working.input(analyzeMusicInput).query(({ ctx, input, signal }) => analyzeMusic(ctx.deps, ctx.actor, { ...input, signal })),
  proposeWords: working.input(proposeWordsInput).mutation(({ ctx, input, signal }) => proposeWords(ctx.deps, { ...input, signal })),
  draw: working.input(drawPictureInput).mutation(({ ctx, input, signal }) => drawPicture(ctx.deps, ctx.actor, { ...input, signal })),
  list: own.input(listCoversInput).query(({ ctx, input }) => listCovers(ctx.deps, ctx.actor, input)),
  view: own.input(coverInput).query(({ ctx, input }) => viewCover(ctx.deps, ctx.actor, input)),
  create: working.input(createCoverInput).mutation(({ ctx, input, signal }) => createCover(ctx.deps, ctx.actor, { ...input, signal })),
  changeSource: working.input(changeSourceInput).mutation(({ ctx, input, signal }) => changeCoverSource(ctx.deps, ctx.actor, { ...input, signal })),
  analyzeAgain: working.input(coverInput).mutation(({ ctx, input, signal }) => analyzeCoverAgain(ctx.deps, ctx.actor, { ...input, signal })),
  proposeTitles: working
    .input(proposeTitlesInput)
    .mutation(({ ctx, input, signal }) => proposeCoverTitles(ctx.deps, ctx.actor, { ...input, signal })),
  setWords: own.input(setWordsInput).mutation(({ ctx, input }) => setCoverWords(ctx.deps, ctx.actor, input)),
  drawPicture: working
    .input(drawCoverPictureInput)
    .mutation(({ ctx, input, signal }) => drawCoverPicture(ctx.deps, ctx.actor, { ...input, signal, clientAddress: ctx.clientAddress })),
  choosePicture: own.input(choosePictureInput).mutation(({ ctx, input }) => chooseCoverPicture(ctx.deps, ctx.actor, input)),
  setType: working.input(setTypeInput).mutation(({ ctx, input, signal }) => setCoverType(ctx.deps, ctx.actor, { ...input, signal })),
  exportType: working.input(exportTypeInput).query(({ ctx, input, signal }) => exportCoverType(ctx.deps, ctx.actor, { ...input, signal })),
  remove: own.input(coverInput).mutation(({ ctx, input }) => removeCover(ctx.deps, ctx.actor, input)),
  planUpload: working.input(planUploadInput).mutation(({ ctx, input, signal }) => planUpload(ctx.deps, ctx.actor, { ...input, signal })),
  planRestore: working.input(uploadInput).mutation(({ ctx, input, signal }) => planRestore(ctx.deps, ctx.actor, { ...input, signal })),
  applyUpload: working.input(applyUploadInput).mutation(({ ctx, input, signal }) => applyUpload(ctx.deps, ctx.actor, { ...input, signal })),
  upload: own.input(uploadInput).query(({ ctx, input }) => viewUpload(ctx.deps, ctx.actor, input)),
  uploads: own.input(coverInput).query(({ ctx, input }) => listUploads(ctx.deps, ctx.actor, input)),
  network: {
    list: adminProcedure.query(({ ctx }) => listNetworkCovers(ctx.deps, ctx.actor)),
    rules: adminProcedure.query(({ ctx }) => readCoverRules(ctx.deps, ctx.actor)),
    saveRules: adminProcedure.input(coverSettingsBody).mutation(({ ctx, input }) => saveCoverRules(ctx.deps, ctx.actor, input)),
    redraw: adminProcedure.input(networkCoverInput).mutation(({ ctx, input }) => redrawCover(ctx.deps, ctx.actor, input)),
    restore: adminProcedure.input(networkCoverInput).mutation(({ ctx, input }) => restoreCover(ctx.deps, ctx.actor, input)),
  },
});
