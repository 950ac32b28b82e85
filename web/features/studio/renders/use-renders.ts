import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { streamClient } from '#web/lib/stream-client.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import type { RenderId } from '#shared/ids.ts';
import { isOpenRender } from './render-words.ts';

const SHOWN = 24;
/** How often open renders are read again while the live connection is down. */
const POLL_MS = 3_000;

const listQuery = () => trpc.generation.studio.list.queryOptions({ limit: SHOWN });

/** The person's newest renders, followed live over one subscription; while it is down they are polled. Another tab or device sees the same. */
export function useRenders() {
  const [isLive, setLive] = useState(false);
  const list = useQuery({
    ...listQuery(),
    refetchInterval: ({ state }) => (!isLive && state.data?.items.some(isOpenRender) ? POLL_MS : false),
  });
  useEffect(() => {
    const subscription = streamClient.generation.studio.follow.subscribe(undefined, {
      onStarted: () => setLive(true),
      onData: (render) => {
        queryClient.setQueryData(listQuery().queryKey, (page) => {
          if (!page) return page;
          const isKnown = page.items.some((one) => one.id === render.id);
          const items = isKnown ? page.items.map((one) => (one.id === render.id ? render : one)) : [render, ...page.items];
          return { ...page, items: items.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1)).slice(0, SHOWN) };
        });
        if (!isOpenRender(render)) void queryClient.invalidateQueries(trpc.generation.usage.mine.pathFilter());
      },
      onConnectionStateChange: ({ state }) => setLive(state === 'pending'),
      onError: () => setLive(false),
    });
    return () => subscription.unsubscribe();
  }, []);
  return list;
}

/** Cancels or retries a render; the list shows what became of it. */
export function useRenderAction(action: 'cancel' | 'retry') {
  return useMutation({
    mutationFn: (renderId: RenderId): Promise<unknown> => client.generation.studio[action].mutate({ renderId }),
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.studio.pathFilter()),
  });
}
