import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { listAccountStates, listActiveReplicas } from '#server/repos/sync/hosting-facts.ts';
import type { ActiveReplica } from '#server/repos/sync/hosting-facts.ts';
import { reauthDate } from '#server/use-cases/accounts/reauth-date.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import type { HostingAccount } from '#shared/domain/accounts/hosting.ts';

const DAY_MS = 86_400_000;

interface Hosting {
  readonly settings: NetworkSettings['scaling'];
  readonly accounts: readonly HostingAccount[];
  /** Replicas of active playlists that are not retired. */
  readonly replicas: readonly ActiveReplica[];
}

/** Which account hosts which replicas, and the settings and accounts that limit new ones. */
export async function gatherHosting(db: Db, deps: Pick<Deps, 'now'>): Promise<Hosting> {
  const now = deps.now();
  const { scaling: settings } = await readNetworkSettings(db);
  const accounts = (await listAccountStates(db)).map(({ authorizedAt, statusChangedAt, ...account }): HostingAccount => ({
    ...account,
    daysLeft: wholeDays(now, reauthDate(authorizedAt)),
    statusDays: statusChangedAt === null ? null : wholeDays(statusChangedAt, now),
  }));
  return { settings, accounts, replicas: await listActiveReplicas(db) };
}

function wholeDays(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}
