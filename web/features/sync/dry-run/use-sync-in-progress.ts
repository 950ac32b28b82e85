import { useQuery } from '@tanstack/react-query';
import type { SyncJobView } from '#shared/contracts/sync/sync-job.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';

/** Refetch interval while a job is known: it leaves the queue a moment after its run reports the end. */
const REFETCH_MS = 3_000;

/** The queue's job that syncs a day. Null when there is none, or while loading. */
export function useSyncInProgress(day: string | undefined): SyncJobView | null {
  const pollInterval = useLiveInterval();
  const syncJob = useQuery(
    trpc.playlistAdmin.sync.inProgress.queryOptions(day ? { day } : {}, {
      refetchInterval: (query) => (query.state.data ? REFETCH_MS : pollInterval === false ? false : pollInterval(query)),
    }),
  );
  return syncJob.data ?? null;
}

/** True while a worker is syncing the day or takes it next, so the operator has nothing to apply. */
export const isRunningOrNext = (syncJob: SyncJobView | null): boolean => syncJob?.state === 'working' || syncJob?.state === 'next';
