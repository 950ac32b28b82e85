import type { Deps } from '#server/deps.ts';
import { markExported } from '#server/repos/discovery/saved-playlists.ts';
import { applyOwnPlan } from '#server/use-cases/sync/own/apply-own-plan.ts';
import type { ApplySavedExportInput, SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import { AppError } from '#shared/errors.ts';
import type { ListActor } from '../draw-list.ts';
import { requireSaved } from '../own-saved.ts';
import { findExportAccount } from './export-account.ts';
import { asExportError, exportOutdated, requireOwnExport } from './own-export.ts';
import { showSavedExport } from './show-saved-export.ts';

/** A list of 10,000 tracks is a hundred requests, within the request budget. */
const PATIENCE_MS = 5 * 60_000;

/**
 * Writes exactly what was previewed, reads it back and stores the receipt. Throws `conflict` when the list has a newer version or name, when the playlist
 * was edited or deleted on Spotify since, for another hash, and while another tab exports it; `forbidden` without the permission.
 */
export async function applySavedExport(
  deps: Deps,
  listener: ListActor,
  { exportId, hash, signal: callerSignal }: ApplySavedExportInput & { readonly signal?: AbortSignal | undefined },
): Promise<SavedExportView> {
  const { exported, plan } = await requireOwnExport(deps, listener, exportId);
  const saved = await requireSaved(deps, listener, exported);
  if (plan.status === 'planned' && saved.revision !== exported.facts.revision) {
    throw exportOutdated(`“${saved.name}” was changed after this export was planned.`);
  }
  const { problem } = await findExportAccount(deps, listener, saved.id);
  if (problem) throw new AppError('forbidden', { message: problem.message, remedy: problem.remedy });
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = callerSignal ? AbortSignal.any([callerSignal, limit]) : limit;
  try {
    await applyOwnPlan(deps, { planId: exportId, hash, label: `“${saved.name}”`, signal });
  } catch (error) {
    throw asExportError(error);
  }
  await markExported(deps.db, saved.id, { exportedVersion: exported.version, exportedAt: deps.now() });
  return showSavedExport(deps, listener, { exportId });
}
