import type { Deps } from '#server/deps.ts';
import { listSavedExports } from '#server/repos/discovery/saved-exports.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import { requireSaved } from '../own-saved.ts';
import type { Listener } from '../own-saved.ts';
import { findExportAccount } from './export-account.ts';
import { exportViews } from './export-view.ts';

const SHOWN_MAX = 50;

/** The exports of a playlist with their receipts, the newest first. Throws `not_found`. */
export async function viewSavedExports(deps: Pick<Deps, 'db' | 'settings'>, listener: Listener, { savedId }: SavedInput): Promise<SavedExportView[]> {
  const saved = await requireSaved(deps, listener, { savedId });
  const { problem } = await findExportAccount(deps, listener, saved.id);
  return exportViews(deps, await listSavedExports(deps.db, saved.id, SHOWN_MAX), problem);
}
