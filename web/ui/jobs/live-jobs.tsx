import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { createContext, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import type { AppRouter } from '#server/routers/index.ts';
import { lookAgainEvery } from '#web/lib/look-again.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { sayOfRun } from '#web/features/operations/jobs/say-of-run.ts';
import { upsertRun } from './upsert-run.ts';

/** How often lists are asked for again while no live line is open. */
const POLL_MS = 5_000;
/** At most this often while a job reports progress: a running ingest changes a line many times a second. */
const REFRESH_MS = 1_500;
export const RUNS_SHOWN = 50;
/** A run that ended longer ago than opening a page takes is no news to it. */
const NEWS_MS = 15_000;

const LiveContext = createContext(false);

const line = createTRPCClient<AppRouter>({ links: [httpSubscriptionLink({ url: '/trpc' })] });

/** `refetchInterval` for whatever a job changes: none while the live line is open, a calm poll while it is not. */
export function useLiveInterval(): false | typeof calmly {
  return use(LiveContext) ? false : calmly;
}

const calmly = lookAgainEvery(POLL_MS);

/** Follows every job run over one line and keeps what is on the screen true; when the line drops, the screens poll until it is back. */
export function LiveJobs({ children }: { readonly children: ReactNode }) {
  const [isLive, setLive] = useState(false);
  const [told, setTold] = useState('');
  useEffect(() => {
    const heard = new Map<string, JobRunView>();
    let refreshing: ReturnType<typeof setTimeout> | undefined;
    const subscription = line.jobs.follow.subscribe(undefined, {
      onStarted: () => {
        setLive(true);
        // What happened before the line was open is in the list; what could not be had while the house was away can be had now.
        void queryClient.invalidateQueries(trpc.jobs.list.pathFilter());
        void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
      },
      onData: (run) => {
        const before = heard.get(run.id);
        heard.set(run.id, run);
        showRun(run);
        // The line begins with what was lately: it is on the screens already.
        if (before === undefined && isOld(run)) return;
        const said = sayOfRun(run, before);
        if (said !== null) setTold(said);
        refreshing ??= setTimeout(() => {
          refreshing = undefined;
          refreshTouched();
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
        {told}
      </p>
    </LiveContext>
  );
}

const isOld = ({ finishedAt }: JobRunView) => finishedAt !== null && Date.now() - Date.parse(finishedAt) > NEWS_MS;

function showRun(run: JobRunView): void {
  queryClient.setQueryData(trpc.jobs.list.queryKey({ limit: RUNS_SHOWN }), (runs) => (runs ? upsertRun(runs, run, RUNS_SHOWN) : runs));
}

/** Everything a job may have changed. Only what is on the screen is asked for again. */
function refreshTouched(): void {
  for (const filter of [
    trpc.admin.pathFilter(),
    trpc.intake.pathFilter(),
    trpc.jobs.timetable.pathFilter(),
    trpc.playlists.pathFilter(),
    trpc.sync.plans.pathFilter(),
    trpc.sync.dryRun.pathFilter(),
    trpc.sync.underWay.pathFilter(),
    trpc.sync.findings.pathFilter(),
    trpc.scaling.pathFilter(),
    trpc.network.overview.pathFilter(),
  ]) {
    void queryClient.invalidateQueries(filter);
  }
}
