import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { deleteLora } from '#server/repos/studio/loras.ts';
import type { RemoveLoraInput } from '#shared/contracts/studio/loras.ts';
import { loraMissing } from './change-lora.ts';

/** Removes a LoRA from the list; a local file stays where it is. Throws `not_found`. */
export async function removeLora(deps: Pick<Deps, 'db'>, actor: Actor, { id }: RemoveLoraInput): Promise<{ readonly removed: true }> {
  requireAdmin(actor);
  if (!(await deleteLora(deps.db, id))) throw loraMissing();
  return { removed: true };
}
