import type { InfiniteData } from '@tanstack/react-query';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { AssetPage, AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { filterInput } from './library-filter.ts';
import type { LibraryFilter } from './library-filter.ts';

const PAGE = 100;
/** Under the router's own key, so that what refreshes the library refreshes the list. */
const LIST_KEY = [...trpc.generation.assets.pathKey(), 'library'] as const;

/** The library under a filter, page after page, as one list. */
export function useAssetList(filter: LibraryFilter) {
  const query = useInfiniteQuery({
    // Not tRPC's own options: they send a direction, too.
    queryKey: [...LIST_KEY, filterInput(filter)],
    queryFn: ({ pageParam, signal }) =>
      client.generation.assets.list.query({ ...filterInput(filter), limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null as AssetPage['nextCursor'],
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const first = query.data?.pages[0];
  return { ...query, first, tiles: query.data?.pages.flatMap((page) => page.items) ?? [] };
}

export const useCollections = () => useQuery(trpc.generation.assets.collections.list.queryOptions());

const refreshLibrary = () => queryClient.invalidateQueries(trpc.generation.assets.pathFilter());

/** Everything but the lists, which show a change without being read again: hundreds of pages may be loaded. */
function refreshAround(): void {
  void queryClient.invalidateQueries({ ...trpc.generation.assets.pathFilter(), predicate: ({ queryKey }) => queryKey[1] !== LIST_KEY[1] });
  void queryClient.invalidateQueries({ queryKey: LIST_KEY, refetchType: 'none' });
}

/** Changes tiles in every list that shows them, at once; undefined takes them out of it. */
function changeTiles(ids: readonly AssetId[], change: (tile: AssetTile) => AssetTile | undefined): void {
  const chosen = new Set(ids);
  queryClient.setQueriesData<InfiniteData<AssetPage>>({ queryKey: LIST_KEY }, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({ ...page, items: page.items.flatMap((tile) => (chosen.has(tile.id) ? (change(tile) ?? []) : tile)) }));
    const taken = data.pages.flatMap((page) => page.items).length - pages.flatMap((page) => page.items).length;
    return { ...data, pages: pages.map((page) => (page.count === null ? page : { ...page, count: page.count - taken })) };
  });
}

/** Stars assets, or takes their stars away; tiles and opened assets show it before the server has answered. */
export function useStar() {
  return useMutation({
    mutationFn: (input: { readonly ids: AssetId[]; readonly starred: boolean }) => client.generation.assets.star.mutate(input),
    onMutate: ({ ids, starred }) => {
      changeTiles(ids, (tile) => ({ ...tile, isStarred: starred }));
      // Pressed again before the server is read again, it must take the star away.
      for (const id of ids)
        queryClient.setQueryData(trpc.generation.assets.view.queryKey({ id }), (asset) => (asset ? { ...asset, isStarred: starred } : asset));
    },
    onError: () => void refreshLibrary(),
    onSettled: refreshAround,
  });
}

/** Restores deleted assets. */
export function useRestore() {
  return useMutation({
    mutationFn: (ids: AssetId[]) => client.generation.assets.restore.mutate({ ids }),
    onSuccess: ({ ids }) => showToast(`${plural(ids.length, 'file')} restored.`),
    onSettled: () => void refreshLibrary(),
  });
}

/** Deletes assets; the toast takes it back. */
export function useRemove(onRemoved: () => void) {
  const restore = useRestore();
  return useMutation({
    mutationFn: (ids: AssetId[]) => client.generation.assets.remove.mutate({ ids }),
    onSuccess: ({ ids }) => {
      changeTiles(ids, () => undefined);
      showToast(`${plural(ids.length, 'file')} deleted.`, { label: 'Undo', onClick: () => restore.mutate([...ids]) });
      onRemoved();
    },
    onSettled: refreshAround,
  });
}
