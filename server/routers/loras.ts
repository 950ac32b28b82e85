import { adminProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { changeLora } from '#server/use-cases/studio/loras/change-lora.ts';
import { listLoras } from '#server/use-cases/studio/loras/list-loras.ts';
import { listOfferedLoras } from '#server/use-cases/studio/loras/list-offered-loras.ts';
import { removeLora } from '#server/use-cases/studio/loras/remove-lora.ts';
import { saveLoraFile } from '#server/use-cases/studio/loras/save-lora-file.ts';
import { saveLoraLink } from '#server/use-cases/studio/loras/save-lora-link.ts';
import { changeLoraInput, removeLoraInput, saveLoraFileInput, saveLoraLinkInput } from '#shared/contracts/studio/loras.ts';

/** LoRA: the operator adds them, people choose one of the active. */
export const lorasRouter = router({
  list: adminProcedure.query(({ ctx }) => listLoras(ctx.deps, ctx.actor)),
  offered: signedInProcedure.query(({ ctx }) => listOfferedLoras(ctx.deps)),
  saveLink: adminProcedure.input(saveLoraLinkInput).mutation(({ ctx, input }) => saveLoraLink(ctx.deps, ctx.actor, input)),
  saveFile: adminProcedure.input(saveLoraFileInput).mutation(({ ctx, input }) => saveLoraFile(ctx.deps, ctx.actor, input)),
  change: adminProcedure.input(changeLoraInput).mutation(({ ctx, input }) => changeLora(ctx.deps, ctx.actor, input)),
  remove: adminProcedure.input(removeLoraInput).mutation(({ ctx, input }) => removeLora(ctx.deps, ctx.actor, input)),
});
