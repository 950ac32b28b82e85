import { useQuery } from '@tanstack/react-query';
import type { RenderPage, RenderView } from '#shared/contracts/studio/render-views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { isOpenRender } from '../renders/render-words.ts';
import { POLL_MS, RENDERS_SHOWN, useFollowedRenders } from '../renders/use-renders.ts';

const LIMIT = 100;
const groupQuery = (groupId: string) => trpc.generation.studio.list.queryOptions({ groupId, limit: LIMIT });

/**
 * The renders that were requested together, in their order, followed live; while the connection is down they are polled. A render that was tried again
 * gives its place to the new one.
 */
export function useBatch(groupId: string | undefined) {
  const isLive = useFollowedRenders(showRender);
  const batch = useQuery({
    ...groupQuery(groupId ?? ''),
    enabled: groupId !== undefined,
    refetchInterval: ({ state }) => (!isLive && state.data?.items.some(isOpenRender) ? POLL_MS : false),
  });
  const newest = useQuery({
    ...trpc.generation.studio.list.queryOptions({ limit: RENDERS_SHOWN }),
    refetchInterval: ({ state }) => (!isLive && state.data?.items.some(isOpenRender) ? POLL_MS : false),
  });
  const group = groupId === undefined ? [] : ((batch.data?.items ?? []) as readonly RenderView[]);
  // What was canceled and requested again is in the same batch, at the place of the first.
  const requested = group.filter(({ retryOf }) => group.every(({ id }) => id !== retryOf)).toReversed();
  const tries = [...group, ...((newest.data?.items ?? []) as readonly RenderView[])];
  const renders = requested.map((render) => latestTry(render, tries));
  return { renders, isPending: groupId !== undefined && batch.isPending, error: batch.error, refetch: batch.refetch };
}

/** Shows renders that were just requested before the list is read. */
export function showRequested(renders: readonly RenderView[]): void {
  const [first] = renders;
  if (first) queryClient.setQueryData(groupQuery(first.groupId).queryKey, { items: [...renders] as never, nextCursor: null });
}

function latestTry(render: RenderView, tries: readonly RenderView[]): RenderView {
  const retry = tries.find(({ retryOf }) => retryOf === render.id);
  return retry ? latestTry(retry, tries) : render;
}

function showRender(render: RenderView): void {
  queryClient.setQueriesData<RenderPage>(trpc.generation.studio.list.pathFilter(), (page) =>
    page ? { ...page, items: page.items.map((one) => (one.id === render.id ? render : one)) } : page,
  );
  if (isOpenRender(render)) return;
  void queryClient.invalidateQueries(trpc.generation.studio.batches.prompts.pathFilter());
  void queryClient.invalidateQueries(trpc.generation.models.list.pathFilter());
  void queryClient.invalidateQueries(trpc.generation.assets.pathFilter());
}
