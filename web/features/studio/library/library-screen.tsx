import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId, CollectionId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { useShortcuts } from '#web/lib/keyboard.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { useWide } from '#web/lib/use-wide.ts';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { ErrorState, InlineError } from '#web/ui/feedback/states.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import { AssetPanel } from './asset-panel.tsx';
import type { AssetAction } from './asset-panel.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { CollectionHead } from './collection-head.tsx';
import { LibraryDialogs } from './dialogs/library-dialogs.tsx';
import type { OpenDialog } from './dialogs/library-dialogs.tsx';
import { LibraryFilters } from './library-filters.tsx';
import type { LibraryFilter } from './library-filter.ts';
import { LibraryHead } from './library-head.tsx';
import { LibraryWall } from './library-wall.tsx';
import { NothingFound } from './nothing-found.tsx';
import { useSelection } from './use-selection.ts';
import { useCollections, useAssetList, useStar } from './use-library.ts';
import styles from './library-screen.module.css';

interface ScreenProps {
  readonly filter: LibraryFilter;
  readonly onFilter: (change: LibraryFilter, isReplacing: boolean) => void;
}

/** The library: the answer to the search, the filters, the wall, and the chosen picture beside it or, on a narrow screen, above it. */
export function LibraryScreen({ filter, onFilter }: ScreenProps) {
  const library = useAssetList(filter);
  const facets = useQuery(trpc.generation.assets.facets.queryOptions());
  const collections = useCollections();
  const isWide = useWide();
  const star = useStar();
  const { tiles, first } = library;
  const [openId, setOpenId] = useState<AssetId | null>(null);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const selection = useSelection(tiles, JSON.stringify(filter));
  const collection = collections.data?.find(({ id }) => id === filter.collection);
  useShortcuts({ Escape: () => selection.clear() });
  const { clear } = selection;
  const discard = useMutation({
    mutationFn: (ids: AssetId[]) => client.generation.assets.collections.discard.mutate({ id: filter.collection as CollectionId, ids }),
    onSuccess: clear,
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter()),
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = library;
  const loadMore = useCallback(() => void (isFetchingNextPage ? undefined : fetchNextPage()), [isFetchingNextPage, fetchNextPage]);
  const shownId = openId ?? (isWide ? (tiles[0]?.id ?? null) : null);
  const ids = selection.selected.map(({ id }) => id);
  const onDelete = (tile: AssetTile) => (filter.deleted ? undefined : setDialog({ kind: 'delete', ids: ids.includes(tile.id) ? ids : [tile.id] }));
  const panel = shownId ? (
    <AssetPanel
      id={shownId}
      onOpen={setOpenId}
      onAction={(action: AssetAction, asset) =>
        setDialog(action === 'delete' || action === 'collect' ? { kind: action, ids: [asset.id] } : { kind: action, asset })
      }
    />
  ) : null;
  return (
    <>
      <LibraryHead
        filter={filter}
        first={first}
        facets={facets.data}
        onSearch={(q) => onFilter({ q }, true)}
        onDeleted={(deleted) => onFilter({ deleted }, false)}
      />
      <LibraryFilters filter={filter} facets={facets.data} collections={collections.data} onChange={(change) => onFilter(change, false)} />
      {collection ? <CollectionHead collection={collection} onRemoved={() => onFilter({ collection: undefined }, false)} /> : null}
      {library.error && !first ? <ErrorState error={library.error} what="Can’t load the library" onRetry={() => void library.refetch()} /> : null}
      {first && tiles.length === 0 ? (
        <NothingFound filter={filter} facets={facets.data} collections={collections.data} onFilter={(change) => onFilter(change, false)} />
      ) : null}
      <div className={styles['columns']} aria-busy={library.isPending}>
        <div>
          <LibraryWall
            tiles={tiles}
            openId={shownId}
            selected={selection.ids}
            onOpen={(at) => setOpenId(tiles[at]?.id ?? null)}
            onToggle={selection.toggle}
            onStar={(tile) => star.mutate({ ids: [tile.id], starred: !tile.isStarred })}
            onDelete={onDelete}
            onMore={hasNextPage ? loadMore : undefined}
          />
          {library.error && first ? <InlineError error={library.error} /> : null}
          {selection.selected.length > 0 ? (
            <BulkBar
              selected={selection.selected}
              isDeleted={filter.deleted === true}
              onDiscard={filter.collection ? () => discard.mutate(ids) : undefined}
              onCollect={() => setDialog({ kind: 'collect', ids })}
              onShare={() => setDialog({ kind: 'share-several', ids, sharing: commonSharing(selection.selected) })}
              onDownload={() => setDialog({ kind: 'download', ids })}
              onCompare={() => setDialog({ kind: 'compare', ids })}
              onDelete={() => setDialog({ kind: 'delete', ids })}
              onClear={selection.clear}
            />
          ) : null}
        </div>
        {isWide && panel ? (
          <aside className={styles['panel']} aria-label="Chosen picture">
            {panel}
          </aside>
        ) : null}
      </div>
      {!isWide && panel && !dialog ? (
        <Dialog title="Chosen picture" titleHidden onClose={() => setOpenId(null)}>
          {panel}
        </Dialog>
      ) : null}
      {dialog ? (
        <LibraryDialogs
          dialog={dialog}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            setDialog(null);
            setOpenId(null);
            selection.clear();
          }}
          onMade={setOpenId}
        />
      ) : null}
      <Toasts />
      <p className={styles['foot']}>Only you can see this library. Shared pictures have their own links.</p>
    </>
  );
}

/** Who may see all of them; null when that differs. */
function commonSharing(tiles: readonly AssetTile[]): Sharing | null {
  const [first] = tiles;
  return first && tiles.every(({ sharing }) => sharing === first.sharing) ? first.sharing : null;
}
