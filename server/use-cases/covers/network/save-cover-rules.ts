import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { readNetworkSettings, writeNetworkSettings } from '#server/repos/network-settings.ts';
import type { CoverSettings } from '#shared/contracts/settings.ts';

/** Saves how the network draws covers; the other settings stay. */
export async function saveCoverRules(deps: Pick<Deps, 'db' | 'now' | 'newId'>, actor: Actor, covers: CoverSettings): Promise<CoverSettings> {
  requireAdmin(actor);
  const [at, by] = [deps.now(), actorName(actor)];
  await deps.db.transaction(async (tx) => {
    await writeNetworkSettings(tx, { ...(await readNetworkSettings(tx, { forUpdate: true })), covers }, { at, by });
    await insertAuditEntry(tx, { id: deps.newId(), at, actor: by, action: 'settings.saved', subject: 'covers', detail: null });
  });
  return covers;
}
