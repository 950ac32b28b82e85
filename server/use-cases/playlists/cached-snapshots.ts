import type { Caches, Deps } from '#server/deps.ts';
import { readDataVersions } from '#server/repos/data-versions.ts';
import { listLatestVersions, listSnapshotsOfDays } from '#server/repos/playlists/network-views.ts';
import type { LatestSnapshot } from '#server/repos/playlists/network-views.ts';
import { LRUCache } from 'lru-cache';

/** The newest lists of the largest networks. */
const SNAPSHOTS_MAX = 10_000;

/** Creates the cache of published lists, which is read with `getLatestSnapshots`. */
export function createSnapshotsCache(): Caches['snapshots'] {
  return new LRUCache({ max: SNAPSHOTS_MAX });
}

/**
 * Returns the newest published list of every playlist up to a day. A list is read again only when its row or the catalog was written to: its entries
 * are stored with the row and never change afterwards, but the names of artists may.
 */
export async function getLatestSnapshots(deps: Pick<Deps, 'db' | 'pool' | 'caches'>, day: string): Promise<LatestSnapshot[]> {
  const { snapshots: cache } = deps.caches;
  const { catalog } = await readDataVersions(deps.pool);
  const newest = (await listLatestVersions(deps.db, day)).map((row) => ({
    ...row,
    key: `${row.playlistId} ${row.day}`,
    version: `${row.rowVersion} ${catalog}`,
  }));
  const missing = newest.filter(({ key, version }) => cache.get(key)?.version !== version);
  const found = await listSnapshotsOfDays(
    deps.db,
    missing.map(({ playlistId, day: batchTag }) => ({ playlistId, day: batchTag })),
  );
  const foundOf = new Map(found.map((snapshot) => [`${snapshot.playlistId} ${snapshot.day}`, snapshot]));
  return newest.flatMap(({ key, version }) => {
    const snapshot = foundOf.get(key) ?? cache.get(key)?.snapshot;
    if (!snapshot) return [];
    cache.set(key, { version, snapshot });
    return [snapshot];
  });
}
