import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OverviewView } from '#shared/contracts/views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { RunLines } from '#web/features/operations/jobs/run-lines.tsx';
import { Broken } from '#web/features/operations/today/broken.tsx';
import { Dryness } from '#web/features/operations/today/dryness.tsx';
import { Incidents } from '#web/features/operations/today/incidents.tsx';
import { Stations } from '#web/features/operations/today/stations.tsx';
import { clockTime, dayNameFull } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { PageHead, Part } from '#web/ui/layout/page-head.tsx';
import { ErrorState, RowsSkeleton, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './overview-page.module.css';

/** Four questions at once: is today done, what broke and what to press, what happens next, how long until something runs dry. */
export function OverviewPage() {
  usePageTitle('Today');
  const overview = useQuery(trpc.admin.overview.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  if (overview.data) return <Overview view={overview.data} />;
  if (overview.error) return <ErrorState isPage error={overview.error} what="Today cannot be shown." onRetry={() => void overview.refetch()} />;
  return (
    <div aria-busy>
      <PageHead title={<TitleSkeleton width="14em" />}>
        <Skeleton width="24em" />
      </PageHead>
      <div className={styles['held']}>
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

/** The day is said once, where it turns. */
function isFirstOfTomorrow({ next, today }: OverviewView, at: number): boolean {
  const isTomorrow = (place: number) => next[place] !== undefined && next[place].at.slice(0, 10) !== today;
  return isTomorrow(at) && !isTomorrow(at - 1);
}

function Overview({ view }: { readonly view: OverviewView }) {
  return (
    <>
      <PageHead
        title={view.answer}
        actions={
          <Link to="/admin/sync" search={{ day: view.today }} className={buttonClass()}>
            See today’s plan
          </Link>
        }
      >
        {dayNameFull(view.today)}, {clockTime(view.now)} UTC · {view.detail}
      </PageHead>
      <Stations stations={view.stations} />
      <div className={styles['cols']}>
        <Part
          title="What broke"
          note={view.broken.length === 0 ? undefined : `${count(view.broken.length)} ${view.broken.length === 1 ? 'thing needs' : 'things need'} you`}
        >
          <Broken broken={view.broken} />
        </Part>
        <Part title="What happens next">
          <ol className={styles['next']}>
            {view.next.map((one, at) => (
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
        </Part>
        <div className={styles['full']}>
          <Part title="How long until something runs dry" note="soonest first; the bar is what is left">
            <Dryness dry={view.dry} />
          </Part>
        </div>
        <div className={styles['full']}>
          <Part
            title="Working now"
            note={
              <Link to="/admin/jobs" className="link">
                All jobs
              </Link>
            }
          >
            {view.working.length > 0 ? (
              <RunLines runs={view.working} />
            ) : (
              <p className={styles['calm']}>Nothing is running. The timetable says what comes.</p>
            )}
          </Part>
        </div>
        <div className={styles['full']}>
          <Incidents />
        </div>
      </div>
    </>
  );
}
