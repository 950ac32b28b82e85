import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import type { DraftVibePolicyInput, VibePolicyDraftView } from '#shared/contracts/discovery/generate-vibe.ts';
import { cutText } from '#shared/domain/text.ts';
import { featureScaleOf } from '#shared/domain/discovery/vibes/feature-scale.ts';
import { networkPolicy } from '#shared/domain/discovery/vibes/selection/network-policy.ts';
import { vibeNotices } from '#shared/domain/discovery/vibes/selection/vibe-notices.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';

/** How many days ahead a policy of the network must be feasible. */
const DAYS_AHEAD = 90;
const NAME_CHARS_MAX = 60;

/**
 * A vibe as the draft of a policy for the network, as the policy editor opens it, with whether its lists can be filled for 90 days or which rules
 * conflict. Nothing is stored. Throws `invalid_input` with the field of a rule that contradicts itself.
 */
export async function draftVibePolicy(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  { spec, sentence }: DraftVibePolicyInput,
): Promise<VibePolicyDraftView> {
  requireAdmin(actor);
  const { catalog } = await getCachedCatalog(deps, { texts: true });
  const name = cutText(sentence.replaceAll(/\s+/gu, ' ').trim(), NAME_CHARS_MAX) || 'Vibe';
  const body = networkPolicy({ spec, catalog, scale: featureScaleOf(catalog), seed: name });
  parsePolicy(body);
  const feasibility = await provePolicy(deps, { policy: body, familyId: undefined, playlists: 1, days: DAYS_AHEAD });
  const selection = { entries: [], relaxed: [], wanted: 0, unknown: 0, unwanted: 0 };
  return { name, body, feasibility, notices: vibeNotices(spec, catalog, selection) };
}
