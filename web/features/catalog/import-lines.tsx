import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import type { SourceStatus } from '#shared/vocabulary.ts';
import { SOURCE_STATUSES } from '#shared/vocabulary.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Chip } from '#web/ui/controls/chip.tsx';
import { EmptyState, ErrorState, InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { LINE_STATUS_LABELS } from './line-status-labels.ts';
import { ImportLineTable } from './import-line-table.tsx';
import styles from './import-lines.module.css';

const route = getRouteApi('/admin/intake');

/** The lines of one import or of all, filtered by status. Long lists are virtualized. */
export function ImportLines({ counts }: { readonly counts: Readonly<Record<SourceStatus, number>> | undefined }) {
  const { intake, status } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = { ...(intake ? { intakeId: intake } : {}), ...(status ? { status } : {}) };
  const firstPage = useQuery(trpc.catalog.importLines.queryOptions({ ...filter, limit: 1 }, { refetchInterval: useLiveInterval() }));
  const choose = (next: SourceStatus | undefined) => void navigate({ search: (now) => ({ ...now, status: next }), resetScroll: false });
  return (
    <>
      <div className={styles['filters']} role="group" aria-label="Status">
        <Chip chosen={status === undefined} onClick={() => choose(undefined)}>
          All
        </Chip>
        {SOURCE_STATUSES.map((one) => (
          <Chip key={one} chosen={status === one} onClick={() => choose(one)}>
            {LINE_STATUS_LABELS[one].name}
            {counts ? ` ${count(counts[one])}` : ''}
          </Chip>
        ))}
        {status === 'failed' ? <RetryAll filter={intake ? { intakeId: intake } : {}} /> : null}
      </div>
      {firstPage.error && !firstPage.data ? (
        <ErrorState error={firstPage.error} what="Can’t load the import" onRetry={() => void firstPage.refetch()} />
      ) : null}
      {firstPage.isPending ? <Skeleton height="360px" /> : null}
      {firstPage.data && firstPage.data.total > 0 ? (
        <ImportLineTable key={JSON.stringify(filter)} filter={filter} total={firstPage.data.total} />
      ) : null}
      {firstPage.data?.total === 0 ? (
        <EmptyState title={status ? 'No links with this status.' : 'Nothing imported yet.'}>
          {status ? 'Choose another status above.' : 'Paste album links above. Each line appears here at once.'}
        </EmptyState>
      ) : null}
    </>
  );
}

function RetryAll({ filter }: { readonly filter: { readonly intakeId?: string } }) {
  const failed = useQuery(trpc.catalog.importLines.queryOptions({ ...filter, retryable: true, limit: 1 }));
  const retry = useMutation(
    trpc.catalog.retryImportLines.mutationOptions({
      onSuccess: ({ queued }) => {
        showToast(`${plural(queued, 'link')} queued again.`);
        void queryClient.invalidateQueries(trpc.catalog.pathFilter());
      },
    }),
  );
  const total = failed.data?.total ?? 0;
  if (total === 0) return null;
  return (
    <>
      <Button
        size="small"
        className={styles['retry'] ?? ''}
        icon={<ArrowClockwise size={16} aria-hidden />}
        working={retry.isPending ? 'Queueing…' : false}
        onClick={() => retry.mutate(filter)}
      >
        Retry {plural(total, 'link')}
      </Button>
      {retry.error ? <InlineError error={retry.error} /> : null}
    </>
  );
}
