import type { Deps } from '#server/deps.ts';
import { readCatalogueVersion } from '#server/repos/catalog/catalog-version.ts';
import { listManagerPlans } from '#server/repos/scaling/manager-plans.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import type { CuratedPlaylist } from '#server/repos/curation/playlists.ts';
import { holdCatalogue } from '#server/use-cases/catalog/held-catalog.ts';
import { resolveRefs } from '#server/use-cases/policies/resolve-refs.ts';
import { sha256 } from '#server/use-cases/sync/plan/plan-hash.ts';
import { dayNumber } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { evaluatePool } from '#shared/domain/policies/pool.ts';
import { RowSet } from '#shared/domain/catalog/row-set.ts';
import { setImmediate } from 'node:timers/promises';

export interface MusicCount {
  /** Names what was counted; equal keys, equal counts. */
  readonly key: string;
  readonly catalogue: number;
  /** Recordings that some policy in use admits and does not ban; all while no list is active. */
  readonly usable: number;
  /** Recordings that each policy admits and does not ban, by the id of its version. */
  readonly pools: ReadonlyMap<string, number>;
}

/**
 * Counts what the network can make lists of, by the rules themselves over the whole catalogue. What the newest plan counted is not counted again
 * while catalogue, policies and day are the same: rules may look at dates, so a new day is a new count.
 */
export async function countMusic(deps: Pick<Deps, 'db' | 'stream' | 'now'>): Promise<MusicCount> {
  const day = dayOf(deps.now());
  const inUse = [...new Map((await listPlaylists(deps.db, { status: 'active' })).map((one) => [one.policyId, one])).values()];
  const key = sha256([await readCatalogueVersion(deps.db), day, ...inUse.map((one) => one.policyId).toSorted()].join('\n'));
  return (await countedBefore(deps, key)) ?? { key, ...(await count(deps, inUse, day)) };
}

async function countedBefore({ db }: Pick<Deps, 'db'>, key: string): Promise<MusicCount | undefined> {
  const [newest] = await listManagerPlans(db, 1);
  if (newest?.body.countKey !== key) return undefined;
  const { stats, policies } = newest.body;
  return { key, catalogue: stats.catalogue, usable: stats.recordings, pools: new Map(policies.map(({ policyId, pool }) => [policyId, pool])) };
}

async function count(deps: Pick<Deps, 'db' | 'stream'>, inUse: readonly CuratedPlaylist[], day: string): Promise<Omit<MusicCount, 'key'>> {
  const policies = inUse.map((one) => one.policy);
  const loaded = await holdCatalogue(deps, policies);
  const { catalogue } = loaded;
  const refs = await resolveRefs(deps, loaded, policies);
  const seen = new RowSet(catalogue.size);
  const pools = new Map<string, number>();
  let usable = 0;
  for (const { policyId, policy } of inUse) {
    const banned = refs.get(policy)?.banned;
    let admitted = 0;
    for (const row of evaluatePool(catalogue, policy.pool, dayNumber(day)).rows) {
      if (banned?.has(row)) continue;
      admitted += 1;
      if (seen.has(row)) continue;
      seen.add(row);
      usable += 1;
    }
    pools.set(policyId, admitted);
    // Twenty rules over a million recordings take a second; whoever asks this process something is answered in between.
    await setImmediate();
  }
  return { catalogue: catalogue.size, usable: inUse.length === 0 ? catalogue.size : usable, pools };
}
