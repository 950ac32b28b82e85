import type { Deps } from '#server/deps.ts';
import { deleteSweptAssets } from '#server/repos/studio/library/asset-marks.ts';
import { restorableAfter } from '#server/use-cases/studio/library/restorable.ts';

const SWEPT_AT_ONCE = 500;

/** Removes the assets that can no longer be restored, except those that a cover still shows, and returns how many. */
export async function sweepDeletedAssets(deps: Pick<Deps, 'db' | 'now'>, signal: AbortSignal): Promise<number> {
  const before = restorableAfter(deps);
  let removed = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await deps.db.transaction((tx) => deleteSweptAssets(tx, { before, limit: SWEPT_AT_ONCE }));
    removed += count;
    if (count < SWEPT_AT_ONCE) return removed;
  }
}
