import { networkSettings } from '#drizzle/schema/index.ts';
import { networkSettingsBody as settingsForm } from '#shared/contracts/settings.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { Db } from './database.ts';

/** The operator's settings for the network; missing ones have their default. `forUpdate` keeps other writers out until the transaction ends. */
export async function readNetworkSettings(db: Db, { forUpdate = false }: { readonly forUpdate?: boolean } = {}): Promise<NetworkSettings> {
  const query = db.select({ body: networkSettings.body }).from(networkSettings);
  const found = await (forUpdate ? query.for('update') : query);
  return settingsForm.parse(found[0]?.body ?? {});
}

/** Replaces all settings; the last writer wins. */
export async function writeNetworkSettings(db: Db, body: NetworkSettings, change: { at: Date; by: string }): Promise<void> {
  const row = { body, changedAt: change.at, changedBy: change.by };
  await db
    .insert(networkSettings)
    .values({ id: 1, ...row })
    .onConflictDoUpdate({ target: networkSettings.id, set: row });
}
