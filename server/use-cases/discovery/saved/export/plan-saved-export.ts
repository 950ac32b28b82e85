import { actorName } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { Account } from '#server/repos/accounts/accounts.ts';
import { insertSavedExport } from '#server/repos/discovery/saved-exports.ts';
import { markExported } from '#server/repos/discovery/saved-playlists.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { findOwnTarget, insertOwnPlaylist } from '#server/repos/sync/own-playlists.ts';
import { planOwnPlaylist } from '#server/use-cases/sync/own/plan-own-playlist.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedInput } from '#shared/contracts/discovery/saved-playlists.ts';
import { markerFor } from '#shared/domain/sync/replica-marker.ts';
import { AppError } from '#shared/errors.ts';
import { ownPlaylistId } from '#shared/ids.ts';
import type { OwnPlaylistId } from '#shared/ids.ts';
import type { ListActor } from '../draw-list.ts';
import { requireSaved, requireVersion } from '../own-saved.ts';
import { findExportAccount } from './export-account.ts';
import { exportViews } from './export-view.ts';
import { asExportError, requireOwnExport } from './own-export.ts';
import { previewUnplanned } from './preview-unplanned.ts';
import { wantedExport } from './wanted-export.ts';

const PATIENCE_MS = 60_000;

/**
 * Plans the export of the current version to the listener's Spotify account: what is created or changed there, and what is left out. Writes nothing to
 * Spotify. While the account has not granted the permission the answer has no plan, and says how to grant it. Throws `conflict` for a draft.
 */
export async function planSavedExport(
  deps: Deps,
  listener: ListActor,
  { savedId, signal: callerSignal }: SavedInput & { readonly signal?: AbortSignal | undefined },
): Promise<SavedExportView> {
  const saved = await requireSaved(deps, listener, { savedId });
  const wanted = await wantedExport(deps, saved, await requireVersion(deps, saved));
  const { account, problem } = await findExportAccount(deps, listener, savedId);
  if (!account || problem) return previewUnplanned(deps, { saved, wanted, account: account?.displayName ?? null, problem });
  const id = await ownPlaylistOf(deps, saved, account);
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = callerSignal ? AbortSignal.any([callerSignal, limit]) : limit;
  const label = `“${saved.name}”`;
  try {
    const plan = await planOwnPlaylist(deps, { ...wanted, ownPlaylistId: id, label, plannedBy: actorName(listener), signal });
    const facts = { revision: saved.revision, account: account.displayName, missing: wanted.missing };
    await insertSavedExport(deps.db, { planId: plan.id, savedId, version: saved.version, facts, createdAt: deps.now() });
    const [view] = await exportViews(deps, [await requireOwnExport(deps, listener, plan.id)], null);
    if (!view) throw new Error('A stored export was not found again.');
    return view;
  } catch (error) {
    const isRefused = error instanceof AppError && error.code === 'reauth_required';
    const now = isRefused ? await findExportAccount(deps, listener, savedId) : undefined;
    if (now?.problem) return previewUnplanned(deps, { saved, wanted, account: account.displayName, problem: now.problem });
    throw asExportError(error);
  }
}

/** The playlist on this account that the saved one is written to; a row is made for the first export. */
async function ownPlaylistOf(deps: Pick<Deps, 'db' | 'newId'>, saved: SavedRow, account: Account): Promise<OwnPlaylistId> {
  const known = saved.ownPlaylistId && (await findOwnTarget(deps.db, saved.ownPlaylistId));
  if (known && known.account.id === account.id) return known.own.id;
  const id = ownPlaylistId.parse(deps.newId());
  await deps.db.transaction(async (tx) => {
    await insertOwnPlaylist(tx, { id, userId: saved.userId, accountId: account.id, marker: markerFor(id) });
    await markExported(tx, saved.id, { ownPlaylistId: id, exportedVersion: null, exportedAt: null });
  });
  return id;
}
