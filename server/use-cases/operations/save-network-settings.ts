import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { readNetworkSettings, writeNetworkSettings } from '#server/repos/network-settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { AppError } from '#shared/errors.ts';

/** Saves the operator's settings for scaling and sync; those for renders, covers and submissions stay as stored. Throws `invalid_input` when two of them contradict each other. */
export async function saveNetworkSettings(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  settings: NetworkSettings,
): Promise<NetworkSettings> {
  requireAdmin(actor);
  const { floorTotalPlaylists, maxTotalPlaylists } = settings.scaling;
  if (maxTotalPlaylists !== null && floorTotalPlaylists > maxTotalPlaylists) {
    throw new AppError('invalid_input', {
      message: `The minimum of ${floorTotalPlaylists} playlists is above the maximum of ${maxTotalPlaylists}.`,
      remedy: 'Lower the minimum or raise the maximum.',
      field: 'scaling.floorTotalPlaylists',
    });
  }
  const at = deps.now();
  const by = actorName(actor);
  return deps.db.transaction(async (tx) => {
    const { studio, covers, submissions } = await readNetworkSettings(tx, { forUpdate: true });
    const saved = { ...settings, studio, covers, submissions };
    await writeNetworkSettings(tx, saved, { at, by });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'settings.saved', subject: 'network', detail: null });
    return saved;
  });
}
