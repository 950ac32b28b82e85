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
import { EmptyState, ErrorState, Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { LINE_WORDS, isWorthRetrying } from './line-words.ts';
import { LineWindow } from './line-window.tsx';
import styles from './import-lines.module.css';

const route = getRouteApi('/admin/intake');
const RETRY_MAX = 500;

/** The lines of an intake or of all, filtered by fate. Ten thousand scroll as easily as ten. */
export function IntakeLines({ counts }: { readonly counts: Readonly<Record<SourceStatus, number>> | undefined }) {
  const { intake, status } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = { ...(intake ? { intakeId: intake } : {}), ...(status ? { status } : {}) };
  const head = useQuery(trpc.intake.lines.queryOptions({ ...filter, limit: 1 }, { refetchInterval: useLiveInterval() }));
  const choose = (next: SourceStatus | undefined) => void navigate({ search: (now) => ({ ...now, status: next }), resetScroll: false });
  return (
    <>
      <div className={styles['filters']} role="group" aria-label="Fate">
        <Chip chosen={status === undefined} onClick={() => choose(undefined)}>
          All
        </Chip>
        {SOURCE_STATUSES.map((one) => (
          <Chip key={one} chosen={status === one} onClick={() => choose(one)}>
            {LINE_WORDS[one].name}
            {counts ? ` ${count(counts[one])}` : ''}
          </Chip>
        ))}
        {status === 'failed' ? <RetryAll filter={filter} /> : null}
      </div>
      {head.error && !head.data ? <ErrorState error={head.error} what="The lines cannot be shown." onRetry={() => void head.refetch()} /> : null}
      {head.isPending ? <Skeleton height="360px" /> : null}
      {head.data && head.data.total > 0 ? <LineWindow key={JSON.stringify(filter)} filter={filter} total={head.data.total} /> : null}
      {head.data?.total === 0 ? (
        <EmptyState title={status ? 'No line has this fate.' : 'Nothing was fed in yet.'}>
          {status ? 'Choose another word above.' : 'Paste a link above; its line appears here at once.'}
        </EmptyState>
      ) : null}
    </>
  );
}

function RetryAll({ filter }: { readonly filter: { readonly intakeId?: string } }) {
  const failed = useQuery(trpc.intake.lines.queryOptions({ ...filter, status: 'failed', limit: RETRY_MAX }));
  const retry = useMutation(
    trpc.intake.retry.mutationOptions({
      onSuccess: (_answer, { ids }) => {
        say(`${plural(ids.length, 'line')} will be read again.`);
        void queryClient.invalidateQueries(trpc.intake.pathFilter());
      },
    }),
  );
  const ids = (failed.data?.items ?? []).filter(isWorthRetrying).flatMap((line) => (line.id === null ? [] : [line.id]));
  if (ids.length === 0) return null;
  return (
    <>
      <Button
        size="small"
        className={styles['retry'] ?? ''}
        icon={<ArrowClockwise size={16} aria-hidden />}
        working={retry.isPending ? 'Queueing…' : false}
        onClick={() => retry.mutate({ ids })}
      >
        Read {plural(ids.length, 'line')} again
      </Button>
      {retry.error ? <Refusal error={retry.error} /> : null}
    </>
  );
}
