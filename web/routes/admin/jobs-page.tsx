import { useQuery } from '@tanstack/react-query';
import type { JobRunView, ScheduleView } from '#shared/contracts/job-views.ts';
import { DailyRunsChart } from '#web/features/operations/jobs/daily-runs-chart.tsx';
import { FailedJobs } from '#web/features/operations/jobs/failed-jobs.tsx';
import { RUNS_SHOWN, useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { RunLines } from '#web/features/operations/jobs/run-lines.tsx';
import { RunFix } from '#web/features/operations/jobs/run-fix.tsx';
import { ScheduleTable } from '#web/features/operations/jobs/schedule-table.tsx';
import { RUN_STATUS_LABELS, TASK_LABELS } from '#web/features/operations/jobs/job-labels.ts';
import { clockTime, dayNameShort, approximateDuration, withDayNames } from '#web/lib/dates.ts';
import { refetchUnlessFailed } from '#web/lib/refetch-interval.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { numberInWords, capitalize } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import styles from './jobs-page.module.css';

const COLUMNS: readonly Column<JobRunView>[] = [
  { head: 'Job', cell: (run) => TASK_LABELS[run.task].name },
  {
    head: 'Status',
    cell: (run) => (
      <StatusText tone={run.status === 'done' && run.failures > 0 ? 'soon' : RUN_STATUS_LABELS[run.status].tone}>
        {RUN_STATUS_LABELS[run.status].name}
      </StatusText>
    ),
  },
  { head: 'Result', cell: (run) => <Outcome run={run} /> },
  { head: 'Created', cell: (run) => `${dayNameShort(run.createdAt)}, ${clockTime(run.createdAt)}` },
  { head: 'Duration', cell: (run) => durationText(run), numeric: true },
  { head: 'Fix', bare: true, cell: (run) => <RunFix run={run} /> },
];

/** The schedule is polled: scheduled times pass without an event on the live connection. */
const SCHEDULE_POLL_MS = 15_000;
/** Seconds without a report after which a worker counts as gone; see jobs/run-worker.ts. */
const SILENT_S = 90;

/** Failed jobs, running and queued jobs, the schedule with its controls, and the history of runs, updated live. */
export function JobsPage() {
  usePageTitle('Jobs');
  const jobs = useQuery(trpc.operations.jobs.list.queryOptions({ limit: RUNS_SHOWN }, { refetchInterval: useLiveInterval() }));
  const scheduleQuery = useQuery(trpc.operations.jobs.schedule.queryOptions(undefined, { refetchInterval: refetchUnlessFailed(SCHEDULE_POLL_MS) }));
  const schedule = scheduleQuery.data;
  if (jobs.error && !jobs.data) return <ErrorState isPage error={jobs.error} what="Can’t load the jobs." onRetry={() => void jobs.refetch()} />;
  const open = jobs.data?.filter((run) => isOpen(run, jobs.data)) ?? [];
  const past = jobs.data?.filter((run) => !open.includes(run)) ?? [];
  const working = open.filter((run) => run.status === 'running').length;
  return (
    <>
      <PageHead title={jobs.data ? headline(working) : <TitleSkeleton width="12em" />}>Scheduled and queued jobs, updated live.</PageHead>
      <p className="sr" role="status">
        {jobs.data ? headline(working) : ''}
      </p>
      {schedule && schedule.failedJobs.length > 0 ? (
        <PageSection title="Failed jobs" note="Retry or dismiss each">
          <FailedJobs jobs={schedule.failedJobs} />
        </PageSection>
      ) : null}
      <div className={styles['past']}>
        <PageSection title="Running and queued">
          {jobs.data ? (
            open.length > 0 ? (
              <RunLines runs={open} />
            ) : (
              <p className={styles['calm']}>No jobs are running.</p>
            )
          ) : (
            <RowsSkeleton rows={2} />
          )}
        </PageSection>
      </div>
      <div className={styles['past']}>
        <PageSection title="Schedule" note={schedule ? <WorkerNote silentS={schedule.secondsSinceHeartbeat} /> : null}>
          {schedule ? (
            <>
              <DailyRunsChart schedule={schedule} />
              <MissedDays missed={schedule.missed} />
              <ScheduleTable rows={schedule.tasks} now={schedule.now} />
            </>
          ) : (
            <RowsSkeleton rows={12} />
          )}
          {scheduleQuery.error && !schedule ? (
            <ErrorState error={scheduleQuery.error} what="Can’t load the schedule." onRetry={() => void scheduleQuery.refetch()} />
          ) : null}
        </PageSection>
      </div>
      <div className={styles['past']}>
        <PageSection title="History">
          {past.length > 0 ? <DataTable caption="Finished runs" columns={COLUMNS} rows={past} keyOf={(run) => run.id} /> : null}
          {jobs.data && past.length === 0 ? <EmptyState title="No runs yet.">Finished runs appear here with their results.</EmptyState> : null}
          {jobs.isPending ? <RowsSkeleton rows={8} /> : null}
        </PageSection>
      </div>
    </>
  );
}

/** True for a running or queued run, and for a postponed one until a later run of the same task replaces it. */
function isOpen(run: JobRunView, all: readonly JobRunView[]): boolean {
  if (run.status === 'running' || run.status === 'queued') return true;
  return run.status === 'put_off' && !all.some((other) => other.task === run.task && other.createdAt > run.createdAt);
}

function WorkerNote({ silentS }: { readonly silentS: number | null }) {
  if (silentS === null)
    return <span className="warn">No worker has started yet. “npm start” starts one after the demo network; “npm run worker” starts one now.</span>;
  return silentS > SILENT_S ? (
    <span className="warn">No worker has reported for {approximateDuration(silentS * 1_000).replace('about ', '')}</span>
  ) : (
    'All times are UTC'
  );
}

function MissedDays({ missed }: { readonly missed: ScheduleView['missed'] }) {
  if (missed.length === 0) return null;
  const days = [...new Set(missed.map(({ day }) => day))].map(dayNameShort).join(', ');
  return (
    <p className={styles['missed']}>
      No lists were made on {days} because no worker was running. Segue does not create lists for past days; today’s lists are not affected.
    </p>
  );
}

function Outcome({ run }: { readonly run: JobRunView }) {
  return (
    <>
      {run.outcome === null ? '—' : withDayNames(run.outcome)}
      {run.remedy ? <span className={styles['remedy']}>{run.remedy}</span> : null}
    </>
  );
}

function durationText(run: JobRunView): string {
  if (run.startedAt === null || run.finishedAt === null) return '—';
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return ms < 1_000 ? 'Under 1 second' : approximateDuration(ms).replace('about ', '');
}

function headline(working: number): string {
  if (working === 0) return 'No jobs are running.';
  return `${capitalize(numberInWords(working))} ${working === 1 ? 'job is' : 'jobs are'} running.`;
}
