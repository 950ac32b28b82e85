import type { Deps } from '#server/deps.ts';
import type { SavedExportInput, SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { Listener } from '../own-saved.ts';
import { findExportAccount } from './export-account.ts';
import { exportViews } from './export-view.ts';
import { requireOwnExport } from './own-export.ts';

/** An export that the listener planned, with its receipt. Throws `not_found`. */
export async function showSavedExport(
  deps: Pick<Deps, 'db' | 'settings'>,
  listener: Listener,
  { exportId }: SavedExportInput,
): Promise<SavedExportView> {
  const row = await requireOwnExport(deps, listener, exportId);
  const { problem } = await findExportAccount(deps, listener, row.exported.savedId);
  const [view] = await exportViews(deps, [row], problem);
  if (!view) throw new Error('An export that was found has no view.');
  return view;
}
