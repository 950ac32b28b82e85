import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { HistoryPage } from '#shared/contracts/studio/generation-history.ts';
import { useState } from 'react';
import { HistoryTable } from '#web/features/studio/history/history-table.tsx';
import { HistorySummaryPanel, historyHeadline } from '#web/features/studio/history/history-summary-panel.tsx';
import styles from '#web/features/studio/history/history.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';

const route = getRouteApi('/admin/covers');
const DAYS = 30;
const RESULTS = [
  [undefined, 'All'],
  ['done', 'Done'],
  ['failed', 'Failed'],
  ['running', 'Running'],
] as const;

/** The audit of covers: how often they succeed, how long they take, with which models and moods, and every attempt. */
export function CoverHistoryPage() {
  usePageTitle('Cover history');
  const { result } = route.useSearch();
  const navigate = route.useNavigate();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const summary = useQuery(trpc.generation.usage.historySummary.queryOptions({ days: DAYS }));
  const asked = result ? { result } : {};
  const entries = useInfiniteQuery({
    // Not tRPC's own options: they send a direction, which the procedure does not know.
    queryKey: [...trpc.generation.usage.history.pathKey(), 'pages', asked],
    queryFn: ({ pageParam, signal }) => client.generation.usage.history.query({ ...asked, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null as HistoryPage['nextCursor'],
    getNextPageParam: (page) => page.nextCursor,
  });
  const error = summary.error ?? entries.error;
  if (error && (!summary.data || !entries.data)) {
    const retry = () => void Promise.all([summary.refetch(), entries.refetch()]);
    return <ErrorState isPage error={error} what="Can’t load the history of covers." onRetry={retry} />;
  }
  const shown = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={summary.data ? historyHeadline(summary.data) : <TitleSkeleton width="18em" />}>
        Every attempt to make a cover is recorded. IP addresses are deleted after the days that the Usage page sets.
      </PageHead>
      {summary.data && summary.data.attempts > 0 ? <HistorySummaryPanel summary={summary.data} /> : null}
      <PageSection
        title="Attempts"
        note={
          <span role="group" aria-label="Result" className={styles['chips']}>
            {RESULTS.map(([key, name]) => (
              <Chip key={name} chosen={result === key} onClick={() => void navigate({ search: { result: key }, resetScroll: false })}>
                {name}
              </Chip>
            ))}
          </span>
        }
      >
        {shown.length > 0 ? <HistoryTable entries={shown} today={today} /> : null}
        {entries.data && shown.length === 0 ? <p className={styles['empty']}>No attempts with this result.</p> : null}
        {entries.isPending ? <RowsSkeleton rows={6} /> : null}
        {entries.hasNextPage ? (
          <Button
            className={styles['more'] ?? ''}
            working={entries.isFetchingNextPage ? 'Loading…' : false}
            onClick={() => void entries.fetchNextPage()}
          >
            Show more
          </Button>
        ) : null}
      </PageSection>
    </>
  );
}
