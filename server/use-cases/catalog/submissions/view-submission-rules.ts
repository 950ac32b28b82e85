import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { SubmissionSettings } from '#shared/contracts/settings.ts';

/** Whether listeners may submit albums, whether the operator approves them, and how many a day. */
export async function viewSubmissionRules(deps: Pick<Deps, 'db'>, actor: Actor): Promise<SubmissionSettings> {
  requireAdmin(actor);
  return (await readNetworkSettings(deps.db)).submissions;
}
