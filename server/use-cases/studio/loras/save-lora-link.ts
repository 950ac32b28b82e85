import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { SaveLoraLinkInput } from '#shared/contracts/studio/loras.ts';
import { readLoraLink } from '#shared/domain/studio/loras/lora-link.ts';
import { storeLora } from './store-lora.ts';

/** Adds a LoRA that the vendor downloads from its link. Nothing is downloaded here. Throws `invalid_input` for the link and `conflict` for the name. */
export async function saveLoraLink(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  { url, ...lora }: SaveLoraLinkInput,
): Promise<{ readonly id: string }> {
  requireAdmin(actor);
  return storeLora(deps, actor, { ...lora, sourceUrl: readLoraLink(url) });
}
