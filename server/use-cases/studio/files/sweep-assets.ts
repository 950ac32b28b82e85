import type { Deps } from '#server/deps.ts';
import { listNamedDigests } from '#server/repos/studio/asset-names.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** A younger file may belong to a render or an upload whose row is not committed yet. */
const AGE_MIN_MS = DAY_MS;
/** More unnamed files than this share point to a lost table, not to leftovers; then nothing is deleted. Fewer than FEW_MAX are always leftovers. */
const SHARE_MAX = 0.05;
const FEW_MAX = 20;
const BATCH = 500;

/** What a sweep found and did. */
interface Sweep {
  readonly files: number;
  readonly unnamed: number;
  readonly removed: number;
}

/** Removes stored files that no row names and that are older than a day. Removes nothing when too many are unnamed, and logs it. Each is checked again right before. */
export async function sweepAssets(deps: Pick<Deps, 'db' | 'now' | 'log' | 'assets'>, signal: AbortSignal): Promise<Sweep> {
  const before = new Date(deps.now().getTime() - AGE_MIN_MS);
  let files = 0;
  const unnamed: string[] = [];
  let batch: string[] = [];
  const check = async () => {
    signal.throwIfAborted();
    const named = await listNamedDigests(deps.db, batch);
    unnamed.push(...batch.filter((sha256) => !named.has(sha256)));
    batch = [];
  };
  for await (const { sha256, writtenAt } of deps.assets.list()) {
    files += 1;
    if (writtenAt < before) batch.push(sha256);
    if (batch.length >= BATCH) await check();
  }
  await check();
  if (unnamed.length > FEW_MAX && unnamed.length > files * SHARE_MAX) {
    deps.log.error('too many stored files are named by no row; none was removed', { files, unnamed: unnamed.length });
    return { files, unnamed: unnamed.length, removed: 0 };
  }
  let removed = 0;
  for (const sha256 of unnamed) {
    signal.throwIfAborted();
    if ((await listNamedDigests(deps.db, [sha256])).has(sha256)) continue;
    await deps.assets.remove(sha256, { writtenBefore: before });
    removed += 1;
  }
  return { files, unnamed: unnamed.length, removed };
}
