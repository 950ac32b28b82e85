import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readConversionPlan } from '#server/use-cases/policies/conversion-plan.ts';
import type { PolicyFamilyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { ConversionPlanView } from '#shared/contracts/curation/preview.ts';
import { previewList } from './preview-list.ts';

/**
 * Plans the conversion of a policy to version 2, with the next list before and after it; nothing is stored. Throws `not_found`, and `conflict` when
 * nothing is left to convert.
 */
export async function planConversion(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  { familyId }: PolicyFamilyInput,
): Promise<ConversionPlanView> {
  requireAdmin(actor);
  const { newest, body, differences, playlists, hash } = await readConversionPlan(deps, familyId);
  const before = await previewList(deps, { policy: newest.body, familyId });
  const after = await previewList(deps, { policy: body, familyId, day: before.day });
  return { familyId, name: newest.name, from: { id: newest.id, version: newest.version }, hash, differences, playlists, before, after };
}
