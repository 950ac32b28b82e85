import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { refetchUnlessFailed } from '#web/lib/refetch-interval.ts';
import { streamClient } from '#web/lib/stream-client.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { runAnnouncement } from '#web/features/operations/jobs/run-announcement.ts';
import { upsertRun } from './upsert-run.ts';

/** How often lists are refetched while the live connection is down. */
const POLL_MS = 5_000;
/** Minimum time between two refetches while a job reports progress: a running ingest changes its run many times a second. */
const REFRESH_MS = 1_500;
export const RUNS_SHOWN = 50;
/** Runs that finished longer ago than this are not announced when the page opens. */
const NEWS_MS = 15_000;

const LiveContext = createContext(false);

/** `refetchInterval` for data that jobs change: off while the live connection is open, every 5 s while it is down. */
export function useLiveInterval(): false | typeof pollInterval {
  return use(LiveContext) ? false : pollInterval;
}

const pollInterval = refetchUnlessFailed(POLL_MS);

/**
 * Follows every job run over one subscription and refetches what is on the screen. While the connection is down, the screens poll.
 * Also announces runs to screen readers.
 */
export function LiveJobs({ children }: { readonly children: ReactNode }) {
  const [isLive, setLive] = useState(false);
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const runsById = new Map<string, JobRunView>();
    let refreshing: ReturnType<typeof setTimeout> | undefined;
    const subscription = streamClient.operations.jobs.follow.subscribe(undefined, {
      onStarted: () => {
        setLive(true);
        // Fetch what happened before the connection opened, and retry what failed while the server was away.
        void queryClient.invalidateQueries(trpc.operations.jobs.list.pathFilter());
        void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
      },
      onData: (run) => {
        const before = runsById.get(run.id);
        runsById.set(run.id, run);
        showRun(run);
        // The subscription begins with recent runs, which are on the screens already.
        if (before === undefined && isOld(run)) return;
        const text = runAnnouncement(run, before);
        if (text !== null) setAnnouncement(text);
        refreshing ??= setTimeout(() => {
          refreshing = undefined;
          refreshJobData();
        }, REFRESH_MS);
      },
      onConnectionStateChange: ({ state }) => setLive(state === 'pending'),
      onError: () => setLive(false),
    });
    return () => {
      clearTimeout(refreshing);
      subscription.unsubscribe();
    };
  }, []);
  return (
    <LiveContext value={isLive}>
      {children}
      <p className="sr" role="status">
        {announcement}
      </p>
    </LiveContext>
  );
}

const isOld = ({ finishedAt }: JobRunView) => finishedAt !== null && Date.now() - Date.parse(finishedAt) > NEWS_MS;

function showRun(run: JobRunView): void {
  queryClient.setQueryData(trpc.operations.jobs.list.queryKey({ limit: RUNS_SHOWN }), (runs) => (runs ? upsertRun(runs, run, RUNS_SHOWN) : runs));
}

/** Invalidates everything a job may have changed. Only what is on the screen is refetched. */
function refreshJobData(): void {
  for (const filter of [
    trpc.operations.overview.pathFilter(),
    trpc.operations.alertHistory.pathFilter(),
    trpc.catalog.pathFilter(),
    trpc.operations.jobs.schedule.pathFilter(),
    trpc.playlistAdmin.playlists.pathFilter(),
    trpc.playlistAdmin.sync.plans.pathFilter(),
    trpc.playlistAdmin.sync.dryRun.pathFilter(),
    trpc.playlistAdmin.sync.inProgress.pathFilter(),
    trpc.playlistAdmin.sync.findings.pathFilter(),
    trpc.playlistAdmin.scaling.pathFilter(),
    trpc.playlists.overview.pathFilter(),
  ]) {
    void queryClient.invalidateQueries(filter);
  }
}
