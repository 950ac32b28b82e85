import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { runInSteps } from '#server/use-cases/run-in-steps.ts';
import type { PreviewWindowInput } from '#shared/contracts/policies/policy-inputs.ts';
import type { PolicyWindowView } from '#shared/contracts/curation/preview.ts';
import { windowSteps } from '#shared/domain/curation/quality/list-window.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { prepareLists } from '../prepare-lists.ts';
import { readRecentPlacements } from '../read-recent-placements.ts';
import { openDraft } from './preview-list.ts';

/**
 * Previews how near the lists of a draft come to its means and spreads over the coming days, for one playlist without the others; nothing is stored.
 * Stops when `signal` aborts. Throws `invalid_input` for an invalid draft.
 */
export async function previewWindow(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  { body, familyId, days, signal }: PreviewWindowInput & { readonly signal?: AbortSignal | undefined },
): Promise<PolicyWindowView> {
  requireAdmin(actor);
  const policy = parsePolicy(body);
  const { loaded, day: from, playlist } = await openDraft(deps, { policy, familyId });
  const listsOn = await prepareLists(deps, loaded, { from, playlists: playlist ? [playlist] : [] });
  const repeatIndex = await readRecentPlacements(deps, loaded, { day: from, lists: listsOn(from) });
  return { days: await runInSteps(windowSteps({ catalog: loaded.catalog, policy, from, days, listsOn, repeatIndex }), signal) };
}
