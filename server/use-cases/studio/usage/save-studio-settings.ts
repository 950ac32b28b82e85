import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { readNetworkSettings, writeNetworkSettings } from '#server/repos/network-settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';

/** Saves the operator's settings for renders; the other settings stay. They apply from the next request on. */
export async function saveStudioSettings(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  actor: Actor,
  studio: NetworkSettings['studio'],
): Promise<NetworkSettings['studio']> {
  requireAdmin(actor);
  const [at, by] = [deps.now(), actorName(actor)];
  await deps.db.transaction(async (tx) => {
    const settings = await readNetworkSettings(tx, { forUpdate: true });
    await writeNetworkSettings(tx, { ...settings, studio }, { at, by });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'settings.saved', subject: 'studio', detail: null });
  });
  return studio;
}
