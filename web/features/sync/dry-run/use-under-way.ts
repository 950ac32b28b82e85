import { useQuery } from '@tanstack/react-query';
import type { SyncUnderWayView } from '#shared/contracts/sync/sync-under-way.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';

/** A job leaves the queue a moment after its run has said that it is over; this often one looks whether it has. */
const LOOK_MS = 3_000;

/** The job that writes a day, while the queue has one; null when there is none, or it is not known yet. */
export function useUnderWay(day: string | undefined): SyncUnderWayView | null {
  const calmly = useLiveInterval();
  const underWay = useQuery(
    trpc.sync.underWay.queryOptions(day ? { day } : {}, {
      refetchInterval: (query) => (query.state.data ? LOOK_MS : calmly === false ? false : calmly(query)),
    }),
  );
  return underWay.data ?? null;
}

/** True while a worker writes the day or takes it next: there is nothing to press for what it will do. */
export const isTaken = (underWay: SyncUnderWayView | null): boolean => underWay?.state === 'working' || underWay?.state === 'next';
