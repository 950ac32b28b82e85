import { useState } from 'react';
import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';

/** As many as one bulk action takes. */
const SELECTED_MAX = 500;

interface Selection {
  readonly scope: string;
  readonly ids: ReadonlySet<AssetId>;
  /** The tile that was selected last. */
  readonly from: number | null;
}

const NOTHING = { ids: new Set<AssetId>(), from: null };

/** The tiles that are selected for a bulk action; another scope, such as another filter, begins with none. With Shift everything from the last selected tile on is selected. */
export function useSelection(tiles: readonly AssetTile[], scope: string) {
  const [stored, setStored] = useState<Selection>({ ...NOTHING, scope });
  const { ids, from } = stored.scope === scope ? stored : NOTHING;
  const toggle = (at: number, isExtending: boolean): void => {
    const tile = tiles[at];
    if (!tile) return;
    const next = new Set(ids);
    if (isExtending && from !== null) {
      for (const one of tiles.slice(Math.min(from, at), Math.max(from, at) + 1)) if (next.size < SELECTED_MAX) next.add(one.id);
    } else if (next.has(tile.id)) next.delete(tile.id);
    else if (next.size < SELECTED_MAX) next.add(tile.id);
    setStored({ scope, ids: next, from: at });
  };
  const selected = ids.size === 0 ? [] : tiles.filter((tile) => ids.has(tile.id));
  return { ids, selected, toggle, clear: () => setStored({ ...NOTHING, scope }) };
}
