import type { Deps } from '#server/deps.ts';
import { readCatalogVersion } from '#server/repos/catalog/catalog-version.ts';
import { listManagerPlans } from '#server/repos/scaling/manager-plans.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { resolveRefs } from '#server/use-cases/policies/resolve-refs.ts';
import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import { dayOf } from '#shared/domain/days.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { setImmediate } from 'node:timers/promises';

export interface MusicCount {
  /** Identifies what was counted; equal keys mean equal counts. */
  readonly key: string;
  readonly catalog: number;
  /** Recordings that a policy in use admits and does not ban; all recordings while no playlist is active. */
  readonly usable: number;
  /** Recordings that each policy admits and does not ban, by the id of its version. */
  readonly pools: ReadonlyMap<string, number>;
}

/**
 * Counts the recordings that the policies in use admit, by evaluating their rules over the whole catalog. Reuses the counts of the newest plan while
 * catalog, policies and day are the same. The day matters because rules may test dates.
 */
export async function countMusic(deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>): Promise<MusicCount> {
  const day = dayOf(deps.now());
  const inUse = [...new Map((await listPlaylists(deps.db, { status: 'active' })).map((playlist) => [playlist.policyId, playlist])).values()];
  const key = sha256([await readCatalogVersion(deps.db), day, ...inUse.map((playlist) => playlist.policyId).toSorted()].join('\n'));
  return (await countsOfNewestPlan(deps, key)) ?? { key, ...(await countPools(deps, inUse, day)) };
}

async function countsOfNewestPlan({ db }: Pick<Deps, 'db'>, key: string): Promise<MusicCount | undefined> {
  const [newest] = await listManagerPlans(db, 1);
  if (newest?.body.countKey !== key) return undefined;
  const { stats, policies } = newest.body;
  return { key, catalog: stats.catalog, usable: stats.recordings, pools: new Map(policies.map(({ policyId, pool }) => [policyId, pool])) };
}

async function countPools(
  deps: Pick<Deps, 'db' | 'stream' | 'caches'>,
  inUse: readonly CuratedPlaylist[],
  day: string,
): Promise<Omit<MusicCount, 'key'>> {
  const policies = inUse.map((playlist) => playlist.policy);
  const loaded = await getCachedCatalog(deps, { texts: policies.some(policyNeedsTexts) });
  const { catalog } = loaded;
  const refs = await resolveRefs(deps, loaded, policies);
  const seen = new RowSet(catalog.size);
  const pools = new Map<string, number>();
  let usable = 0;
  for (const { policyId, policy } of inUse) {
    const banned = refs.get(policy)?.banned;
    let admitted = 0;
    for (const row of evaluatePool(catalog, policy.pool, dayNumber(day)).rows) {
      if (banned?.has(row)) continue;
      admitted += 1;
      if (seen.has(row)) continue;
      seen.add(row);
      usable += 1;
    }
    pools.set(policyId, admitted);
    // Twenty rules over a million recordings take a second; yield to the event loop in between.
    await setImmediate();
  }
  return { catalog: catalog.size, usable: inUse.length === 0 ? catalog.size : usable, pools };
}
