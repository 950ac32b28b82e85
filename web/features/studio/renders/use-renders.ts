import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { streamClient } from '#web/lib/stream-client.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import type { RenderId } from '#shared/ids.ts';
import { isOpenRender } from './render-words.ts';

/** As many of a person’s newest renders are read. */
export const RENDERS_SHOWN = 24;
/** How often open renders are read again while the live connection is down. */
export const POLL_MS = 3_000;

const newestRenders = () => trpc.generation.studio.list.queryOptions({ limit: RENDERS_SHOWN });

/** Follows the person's renders over one subscription. Returns whether it is connected; while it is not, callers poll. */
export function useFollowedRenders(onRender: (render: RenderView) => void): boolean {
  const [isLive, setLive] = useState(false);
  const latest = useRef(onRender);
  useEffect(() => {
    latest.current = onRender;
  });
  useEffect(() => {
    const subscription = streamClient.generation.studio.follow.subscribe(undefined, {
      onStarted: () => setLive(true),
      onData: (render) => {
        latest.current(render);
        if (!isOpenRender(render)) void queryClient.invalidateQueries(trpc.generation.usage.mine.pathFilter());
      },
      onConnectionStateChange: ({ state }) => setLive(state === 'pending'),
      onError: () => setLive(false),
    });
    return () => subscription.unsubscribe();
  }, []);
  return isLive;
}

/** The person's newest renders, followed live; while the connection is down they are polled. Another tab or device sees the same. */
export function useRenders() {
  const isLive = useFollowedRenders((render) =>
    queryClient.setQueryData(newestRenders().queryKey, (page) => {
      if (!page) return page;
      // The client's type of a JSON answer has no readonly lists.
      const changed = render as unknown as (typeof page.items)[number];
      const isKnown = page.items.some((one) => one.id === render.id);
      const items = isKnown ? page.items.map((one) => (one.id === render.id ? changed : one)) : [changed, ...page.items];
      return { ...page, items: items.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1)).slice(0, RENDERS_SHOWN) };
    }),
  );
  return useQuery({
    ...newestRenders(),
    refetchInterval: ({ state }) => (!isLive && state.data?.items.some(isOpenRender) ? POLL_MS : false),
  });
}

/** Cancels or retries a render; the list shows what became of it. */
export function useRenderAction(action: 'cancel' | 'retry') {
  return useMutation({
    mutationFn: (renderId: RenderId): Promise<unknown> => client.generation.studio[action].mutate({ renderId }),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.studio.pathFilter()),
  });
}
