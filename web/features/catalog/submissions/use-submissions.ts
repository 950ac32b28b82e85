import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { streamClient } from '#web/lib/stream-client.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';

/** How often submissions on their way are read again while the live connection is down. */
const POLL_MS = 5_000;
const ON_THE_WAY = new Set(['waiting', 'queued', 'importing']);

/** The person's own submissions, followed live; while the connection is down they are polled. */
export function useSubmissions() {
  const [isLive, setLive] = useState(false);
  useEffect(() => {
    const subscription = streamClient.catalog.submissions.follow.subscribe(undefined, {
      onStarted: () => setLive(true),
      onData: () => void queryClient.invalidateQueries(trpc.catalog.submissions.mine.pathFilter()),
      onConnectionStateChange: ({ state }) => setLive(state === 'pending'),
      onError: () => setLive(false),
    });
    return () => subscription.unsubscribe();
  }, []);
  return useQuery({
    ...trpc.catalog.submissions.mine.queryOptions(),
    refetchInterval: ({ state }) => (!isLive && state.data?.submissions.some(({ status }) => ON_THE_WAY.has(status)) ? POLL_MS : false),
  });
}
