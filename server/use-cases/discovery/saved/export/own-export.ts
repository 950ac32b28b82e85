import type { Deps } from '#server/deps.ts';
import { findSavedExport } from '#server/repos/discovery/saved-exports.ts';
import type { SavedExportRow } from '#server/repos/discovery/saved-exports.ts';
import { AppError } from '#shared/errors.ts';
import type { SyncPlanId } from '#shared/ids.ts';
import type { Listener } from '../own-saved.ts';

const PLAN_AGAIN = 'Plan the export again to see what the playlist shows now.';

/** An export that the listener planned. Throws `not_found` for another person's. */
export async function requireOwnExport(deps: Pick<Deps, 'db'>, { userId }: Listener, id: SyncPlanId): Promise<SavedExportRow> {
  const found = await findSavedExport(deps.db, { id, userId });
  if (!found)
    throw new AppError('not_found', { message: 'There is no such export.', remedy: 'Open the playlist and plan it again.', field: 'exportId' });
  return found;
}

/** The error for an export that no longer fits the list. */
export function exportOutdated(message: string): AppError {
  return new AppError('conflict', { message, remedy: PLAN_AGAIN });
}

/** An error of a plan with the remedy of an export: what a listener can do differs from what the operator of the network can. */
export function asExportError(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const { code, message, field, context, retryAfterMs } = error;
  const remedies: Partial<Record<typeof code, string>> = {
    conflict: context?.['busy'] === true ? 'Wait a moment, then look at the playlist again.' : PLAN_AGAIN,
    reauth_required: 'Plan the export again: it shows how to grant the permission.',
    rate_limited: 'Wait a moment, then plan the export again.',
    provider_unavailable: PLAN_AGAIN,
  };
  const remedy = remedies[code];
  return remedy === undefined ? error : new AppError(code, { message, remedy, field, context, retryAfterMs, cause: error });
}
