import type { Deps } from '#server/deps.ts';
import { findOwnPlaylistOfPlan } from '#server/repos/sync/own-playlists.ts';
import { findSyncPlan, markOpenPlansStale } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import { planGone, requireOpenPlan } from '../apply/require-open-plan.ts';
import { requireUnedited } from '../apply/require-unedited.ts';
import { PlanOutdated } from '../apply/sync-errors.ts';
import { isListedOnSpotify } from './is-listed.ts';
import { withOwnPlaylist } from './with-own-playlist.ts';

interface OwnApply {
  readonly planId: SyncPlanId;
  readonly hash: string;
  readonly label: string;
  readonly signal: AbortSignal;
}

/**
 * Applies a stored plan of a person's own playlist exactly as it was shown: intent → request → read back → receipt. Throws `conflict` for a wrong hash, a
 * plan that is no longer open, a playlist that was edited or deleted on Spotify since, and while another session works on it; then nothing is written.
 */
export async function applyOwnPlan(deps: Deps, { planId, hash, label, signal }: OwnApply): Promise<void> {
  const id = await findOwnPlaylistOfPlan(deps.db, planId);
  if (!id) throw planGone();
  await withOwnPlaylist(deps, { id, label, signal, purpose: 'write' }, async (writer) => {
    const plan = requireOpenPlan(await findSyncPlan(writer.db, planId), { hash });
    const { steps, seenFace, seenFingerprint } = plan.body;
    const creates = steps.some((step) => step.kind === 'create');
    if (!creates && writer.spotifyPlaylistId !== null && !(await isListedOnSpotify(writer, writer.spotifyPlaylistId))) {
      const reason = `${label} was deleted on Spotify after the plan was made.`;
      await markOpenPlansStale(writer.db, writer.owner, { reason });
      throw new PlanOutdated(reason);
    }
    await applyPlan(writer, plan, await requireUnedited(writer, { creates, seenFace, seenFingerprint }));
  });
}
