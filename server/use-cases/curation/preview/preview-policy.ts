import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { PreviewPolicyInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { PolicyPreviewView } from '#shared/contracts/curation/preview.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { previewList } from './preview-list.ts';

/**
 * Previews the list that a draft would make on a day, with reasons, from the recordings that the ledger allows then; nothing is stored. The day is the
 * next one without lists by default. Throws `invalid_input` for an invalid draft.
 */
export async function previewPolicy(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  { body, ...where }: PreviewPolicyInput,
): Promise<PolicyPreviewView> {
  requireAdmin(actor);
  return previewList(deps, { policy: parsePolicy(body), familyId: where.familyId, playlistIndex: where.playlistIndex, day: where.day });
}
