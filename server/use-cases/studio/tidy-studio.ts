import type { Deps } from '#server/deps.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { deleteAddressesBefore } from '#server/repos/studio/generation-history.ts';
import type { Outcome } from '#server/use-cases/progress.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';
import { sweepAssets } from './files/sweep-assets.ts';
import { sweepDeletedAssets } from './files/sweep-deleted-assets.ts';

/** Deletes IP addresses that are older than the setting allows, assets that were deleted 30 days ago, and stored files that no row names. */
export async function tidyStudio(deps: Pick<Deps, 'db' | 'now' | 'log' | 'assets'>, signal: AbortSignal): Promise<Outcome> {
  const { studio } = await readNetworkSettings(deps.db);
  const addresses = await deleteAddressesBefore(deps.db, new Date(deps.now().getTime() - studio.addressDays * DAY_MS));
  const deleted = await sweepDeletedAssets(deps, signal);
  const { files, unnamed, removed } = await sweepAssets(deps, signal);
  const left = unnamed - removed;
  return {
    outcome: `${addresses} IP addresses deleted. ${deleted} deleted pictures and videos removed after 30 days. ${removed} of ${files} stored files removed, because nothing names them.${left > 0 ? ` ${left} more were left: too many at once.` : ''}`,
  };
}
