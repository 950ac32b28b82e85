import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { CoverSettings } from '#shared/contracts/settings.ts';

/** How the network draws covers. */
export async function readCoverRules(deps: Pick<Deps, 'db'>, actor: Actor): Promise<CoverSettings> {
  requireAdmin(actor);
  return (await readNetworkSettings(deps.db)).covers;
}
