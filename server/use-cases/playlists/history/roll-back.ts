import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { listSharedInGroups, lockShownDays } from '#server/repos/curation/group-claims.ts';
import { deleteListOverride, insertListOverride } from '#server/repos/curation/list-overrides.ts';
import type { Db } from '#server/repos/database.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { planSync } from '#server/use-cases/sync/plan/plan-sync.ts';
import type { RollbackResult } from '#shared/contracts/playlists/history.ts';
import type { ConfirmRollbackInput } from '#shared/contracts/playlists/network.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { day as dayId } from '#shared/ids.ts';
import { previewRollback, describeSharedTracks } from './preview-rollback.ts';
import { requirePlaylist } from './require-day.ts';

/**
 * Shows an earlier day's list today, as previewed, and plans the changes on each account; these sync plans are applied by hash like any other.
 * Throws `conflict` when the preview is outdated, or when another playlist of its groups shows one of the tracks.
 */
export async function rollBack(deps: Deps, actor: Actor, input: ConfirmRollbackInput): Promise<RollbackResult> {
  requireAdmin(actor);
  const { hash, ...rollback } = input;
  const preview = await previewRollback(deps, actor, rollback);
  if (preview.hash !== hash) {
    throw new AppError('conflict', { message: 'The list has changed since this preview.', remedy: 'Open the preview again.', field: 'hash' });
  }
  const playlist = await requirePlaylist(deps, input.index);
  const day = preview.from;
  await deps.db.transaction(async (tx) => {
    await requireUnshared(tx, playlist, { showsDay: input.showsDay, day });
    await insertListOverride(tx, {
      playlistId: playlist.id,
      batchTag: day,
      showsBatchTag: input.showsDay,
      reason: input.reason ?? null,
      createdBy: actorName(actor),
      createdAt: deps.now(),
    });
    await insertAudit(deps, tx, { actor, playlist, action: 'history.rolled_back', detail: `${day} shows ${input.showsDay}` });
  });
  return planFor(deps, actor, { playlist, day, shows: input.showsDay });
}

/** Shows today's own list again and plans the changes. Does nothing when today is not rolled back. */
export async function endRollback(deps: Deps, actor: Actor, input: { index: number }): Promise<RollbackResult> {
  requireAdmin(actor);
  const playlist = await requirePlaylist(deps, input.index);
  const day = dayOf(deps.now());
  await deps.db.transaction(async (tx) => {
    const isEnded = await deleteListOverride(tx, playlist.id, day);
    if (isEnded) await insertAudit(deps, tx, { actor, playlist, action: 'history.rollback_ended', detail: day });
  });
  return planFor(deps, actor, { playlist, day, shows: null });
}

/** Takes a lock, so that two playlists of a group rolled back at the same time cannot show the same recording. */
async function requireUnshared(tx: Db, playlist: CuratedPlaylist, days: { showsDay: string; day: string }): Promise<void> {
  await lockShownDays(tx);
  const shared = await listSharedInGroups(tx, playlist.id, days);
  if (shared.length === 0) return;
  throw new AppError('conflict', { message: describeSharedTracks(shared), remedy: 'Choose another day, or roll back tomorrow.', field: 'showsDay' });
}

async function planFor(
  deps: Deps,
  actor: Actor,
  { playlist, day, shows }: { playlist: CuratedPlaylist; day: string; shows: string | null },
): Promise<RollbackResult> {
  const { plans, problems } = await planSync(deps, actor, { day: dayId.parse(day), playlistIndex: playlist.globalIndex });
  const own = plans.filter((plan) => plan.playlistIndex === playlist.globalIndex && (plan.status === 'planned' || plan.status === 'waiting'));
  return { day, shows, plans: own, problems };
}

async function insertAudit(
  deps: Pick<Deps, 'now' | 'newId'>,
  db: Db,
  { actor, playlist, action, detail }: { actor: Actor; playlist: CuratedPlaylist; action: string; detail: string },
): Promise<void> {
  const entry = { id: deps.newId(), at: deps.now(), actor: actorName(actor), action, subject: `playlist:${playlist.globalIndex}`, detail };
  await insertAuditEntry(db, entry);
}
