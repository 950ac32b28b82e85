import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { RunLines } from '#web/features/operations/jobs/run-lines.tsx';
import { AlertList } from '#web/features/operations/today/alert-list.tsx';
import { RunningOutList } from '#web/features/operations/today/running-out-list.tsx';
import { ResolvedAlerts } from '#web/features/operations/today/resolved-alerts.tsx';
import { TodaySchedule } from '#web/features/operations/today/today-schedule.tsx';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { ErrorState, RowsSkeleton, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './overview-page.module.css';

/** The operator's overview: today's progress, open alerts with their actions, upcoming runs, and what runs out next. */
export function OverviewPage() {
  usePageTitle('Today');
  const overview = useQuery(trpc.operations.overview.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  if (overview.data) return <Overview view={overview.data} />;
  if (overview.error) return <ErrorState isPage error={overview.error} what="Can’t load today’s overview." onRetry={() => void overview.refetch()} />;
  return (
    <div aria-busy>
      <PageHead title={<TitleSkeleton width="14em" />}>
        <Skeleton width="24em" />
      </PageHead>
      <div className={styles['placeholder']}>
        <Skeleton height="2px" />
      </div>
      <div className={styles['cols']}>
        <RowsSkeleton rows={6} />
        <RowsSkeleton rows={6} />
        <div className={styles['full']}>
          <RowsSkeleton rows={8} />
        </div>
      </div>
    </div>
  );
}

/** True for the first item of tomorrow, which gets the label "Tomorrow". */
function isFirstOfTomorrow({ upcoming: next, today }: OverviewView, at: number): boolean {
  const isTomorrow = (index: number) => next[index] !== undefined && next[index].at.slice(0, 10) !== today;
  return isTomorrow(at) && !isTomorrow(at - 1);
}

function Overview({ view }: { readonly view: OverviewView }) {
  return (
    <>
      <PageHead
        title={view.summary}
        actions={
          <Link to="/admin/sync" search={{ day: view.today }} className={buttonClass()}>
            View today’s sync plan
          </Link>
        }
      >
        {dayNameFull(view.today)}, {clockTime(view.now)} UTC · {view.detail}
      </PageHead>
      <TodaySchedule stations={view.steps} />
      <div className={styles['cols']}>
        <PageSection
          title="Needs attention"
          note={view.alerts.length === 0 ? undefined : `${count(view.alerts.length)} ${view.alerts.length === 1 ? 'alert' : 'alerts'}`}
        >
          <AlertList alerts={view.alerts} />
        </PageSection>
        <PageSection title="Upcoming">
          <ol className={styles['next']}>
            {view.upcoming.map((one, at) => (
              <li key={`${one.at}${one.what}`}>
                <time dateTime={one.at}>{clockTime(one.at)}</time>
                <span>
                  {isFirstOfTomorrow(view, at) ? 'Tomorrow: ' : ''}
                  {one.what}
                  {one.detail ? <span className="small muted"> · {one.detail}</span> : null}
                </span>
              </li>
            ))}
          </ol>
        </PageSection>
        <div className={styles['full']}>
          <PageSection title="Running out" note="Soonest first. The bar shows what is left.">
            <RunningOutList dry={view.runningOut} />
          </PageSection>
        </div>
        <div className={styles['full']}>
          <PageSection
            title="Running now"
            note={
              <Link to="/admin/jobs" className="link">
                All jobs
              </Link>
            }
          >
            {view.runningJobs.length > 0 ? (
              <RunLines runs={view.runningJobs} />
            ) : (
              <p className={styles['calm']}>No jobs are running. The schedule is under Jobs.</p>
            )}
          </PageSection>
        </div>
        <div className={styles['full']}>
          <ResolvedAlerts />
        </div>
      </div>
    </>
  );
}
