import type { Deps } from '#server/deps.ts';
import type { Db } from '#server/repos/database.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { listAccountStates, listActivePlaylists, listActiveReplicas, listThemes } from '#server/repos/scaling/scaling-facts.ts';
import { reauthDate } from '#server/use-cases/accounts/reauth-date.ts';
import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { ScalingAccount, ScalingFacts } from '#shared/domain/scaling/scaling-facts.ts';
import type { ScalingPolicy } from '#shared/domain/scaling/scaling-lists.ts';
import type { MusicCount } from './count-music.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** The facts that a scaling plan is based on, as currently stored. The recordings were counted before, because that can take a while. */
export async function gatherFacts(db: Db, deps: Pick<Deps, 'now'>, music: MusicCount): Promise<ScalingFacts> {
  const day = dayOf(deps.now());
  return {
    ...(await gatherHosting(db, deps)),
    day,
    countKey: music.key,
    catalogSize: music.catalog,
    recordings: music.usable,
    policies: await listPoliciesInUse(db, music),
    playlists: await listActivePlaylists(db, day),
    themes: await listThemes(db),
    digest: sha256,
  };
}

/** Which account hosts which replicas, and the settings and accounts that limit new ones. */
export async function gatherHosting(db: Db, deps: Pick<Deps, 'now'>): Promise<Pick<ScalingFacts, 'settings' | 'accounts' | 'replicas'>> {
  const now = deps.now();
  const { scaling: settings } = await readNetworkSettings(db);
  const accounts = (await listAccountStates(db)).map(({ authorizedAt, statusChangedAt, ...account }): ScalingAccount => ({
    ...account,
    daysLeft: wholeDays(now, reauthDate(authorizedAt)),
    statusDays: statusChangedAt === null ? null : wholeDays(statusChangedAt, now),
  }));
  return { settings, accounts, replicas: await listActiveReplicas(db) };
}

/** Policies that active playlists use, in the order of their first playlist. */
async function listPoliciesInUse(db: Db, { pools }: MusicCount): Promise<ScalingPolicy[]> {
  const policies = new Map<string, ScalingPolicy>();
  for (const { policyId, policyName, themeTag, policy } of await listPlaylists(db, { status: 'active' })) {
    const existing = policies.get(policyId);
    const { size, rest, turnover } = policy;
    const first = { policyId, policyName, themeTag, size, turnover, restDays: rest.days, restScope: rest.scope, pool: pools.get(policyId) ?? 0 };
    policies.set(policyId, { ...(existing ?? first), lists: (existing?.lists ?? 0) + 1 });
  }
  return [...policies.values()];
}

function wholeDays(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}
