import { useQuery } from '@tanstack/react-query';
import { DiffLines } from '#web/features/sync/plans/diff-lines.tsx';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './history.module.css';

/** The changes between two days, track by track. Unchanged tracks are only counted. */
export function DayDiff({ index, from, to }: { readonly index: number; readonly from: string; readonly to: string }) {
  const diff = useQuery(trpc.playlists.diffDays.queryOptions({ index, from, to }));
  if (diff.error) return <ErrorState error={diff.error} what="Can’t compare these two days" onRetry={() => void diff.refetch()} />;
  return (
    <section aria-label="Changes" aria-busy={diff.isPending}>
      <h2 className={styles['title']}>
        Changes from {dayName(from)} to {dayName(to)}
      </h2>
      {diff.data ? (
        <>
          <p className={styles['counts']}>
            <span className="ok">+{count(diff.data.adds)} added</span>
            <span className="bad">−{count(diff.data.removes)} removed</span>
            <span>↕{count(diff.data.moves)} moved</span>
            <span className="muted">={count(diff.data.keeps)} unchanged</span>
          </p>
          {diff.data.names.from !== diff.data.names.to ? (
            <p className={styles['description']}>
              Title: <s>{diff.data.names.from ?? 'not recorded'}</s> → <b>{diff.data.names.to ?? 'not recorded'}</b>
            </p>
          ) : null}
          <DiffLines lines={diff.data.lines.filter(({ kind }) => kind !== 'keep')} />
        </>
      ) : (
        <Skeleton height="420px" />
      )}
    </section>
  );
}
