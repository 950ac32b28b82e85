import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import {
  countUsableRecordings,
  listAccountStates,
  listActivePlaylists,
  listPoliciesInUse,
  listStandingReplicas,
} from '#server/repos/scaling-facts.ts';
import { reauthDate } from '#server/use-cases/accounts/reauth-date.ts';
import { sha256 } from '#server/use-cases/sync/plan-hash.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { ScalingFacts } from '#shared/domain/scaling.ts';

const DAY_MS = 86_400_000;

/** What a scaling plan is decided from, as the database has it at this moment. */
export async function gatherFacts(db: Db, deps: Pick<Deps, 'now'>): Promise<ScalingFacts> {
  const now = deps.now();
  const day = dayOf(now);
  const settings = await readNetworkSettings(db);
  const accounts = await listAccountStates(db);
  return {
    day,
    settings: settings.scaling,
    recordings: await countUsableRecordings(db),
    policies: await listPoliciesInUse(db),
    playlists: await listActivePlaylists(db, day),
    accounts: accounts.map(({ authorizedAt, statusChangedAt, ...account }) => ({
      ...account,
      daysLeft: wholeDays(now, reauthDate(authorizedAt)),
      statusDays: statusChangedAt === null ? null : wholeDays(statusChangedAt, now),
    })),
    replicas: await listStandingReplicas(db),
    digest: sha256,
  };
}

function wholeDays(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}
