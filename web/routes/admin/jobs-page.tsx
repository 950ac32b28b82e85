import { useQuery } from '@tanstack/react-query';
import type { JobRunView, TimetableView } from '#shared/contracts/job-views.ts';
import { DayLine } from '#web/features/operations/jobs/day-line.tsx';
import { GivenUp } from '#web/features/operations/jobs/given-up.tsx';
import { RUNS_SHOWN, useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { RunLines } from '#web/features/operations/jobs/run-lines.tsx';
import { RunFix } from '#web/features/operations/jobs/run-fix.tsx';
import { TimetableTable } from '#web/features/operations/jobs/timetable-table.tsx';
import { RUN_WORDS, TASK_WORDS } from '#web/features/operations/jobs/task-words.ts';
import { clockTime, dayNameShort, roughly, withDayNames } from '#web/lib/dates.ts';
import { lookAgainEvery } from '#web/lib/look-again.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { inWords, opening } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { PageHead, Part } from '#web/ui/layout/page-head.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import styles from './jobs-page.module.css';

const COLUMNS: readonly Column<JobRunView>[] = [
  { head: 'Job', cell: (run) => TASK_WORDS[run.task].name },
  {
    head: 'State',
    cell: (run) => (
      <StateText tone={run.status === 'done' && run.failures > 0 ? 'soon' : RUN_WORDS[run.status].tone}>{RUN_WORDS[run.status].name}</StateText>
    ),
  },
  { head: 'What came of it', cell: (run) => <Outcome run={run} /> },
  { head: 'Begun', cell: (run) => `${dayNameShort(run.createdAt)}, ${clockTime(run.createdAt)}` },
  { head: 'Took', cell: (run) => took(run), numeric: true },
  { head: 'What helps', bare: true, cell: (run) => <RunFix run={run} /> },
];

/** Ticks pass by the clock, not by the live line. */
const TIMETABLE_POLL_MS = 15_000;
/** When a worker counts as gone; see jobs/run-worker.ts. */
const SILENT_S = 90;

/** The timetable, every run of every task, live; what failed with what helps; and the ways to nudge them. */
export function JobsPage() {
  usePageTitle('Jobs');
  const jobs = useQuery(trpc.jobs.list.queryOptions({ limit: RUNS_SHOWN }, { refetchInterval: useLiveInterval() }));
  const timetable = useQuery(trpc.jobs.timetable.queryOptions(undefined, { refetchInterval: lookAgainEvery(TIMETABLE_POLL_MS) }));
  const plan = timetable.data;
  if (jobs.error && !jobs.data) return <ErrorState isPage error={jobs.error} what="The jobs cannot be shown." onRetry={() => void jobs.refetch()} />;
  const running = jobs.data?.filter((run) => isOpen(run, jobs.data)) ?? [];
  const past = jobs.data?.filter((run) => !running.includes(run)) ?? [];
  const working = running.filter((run) => run.status === 'running').length;
  return (
    <>
      <PageHead title={jobs.data ? answer(working) : <TitleSkeleton width="12em" />}>
        What the clock and the queue do. Progress comes by itself, here and on every other device.
      </PageHead>
      <p className="sr" role="status">
        {jobs.data ? answer(working) : ''}
      </p>
      {plan && plan.givenUp.length > 0 ? (
        <Part title="Given up" note="nothing happens with these until you say so">
          <GivenUp jobs={plan.givenUp} />
        </Part>
      ) : null}
      <div className={styles['past']}>
        <Part title="Now and waiting">
          {jobs.data ? (
            running.length > 0 ? (
              <RunLines runs={running} />
            ) : (
              <p className={styles['calm']}>Nothing is running.</p>
            )
          ) : (
            <RowsSkeleton rows={2} />
          )}
        </Part>
      </div>
      <div className={styles['past']}>
        <Part title="Timetable" note={plan ? <WorkerNote silentS={plan.workerSilentS} /> : null}>
          {plan ? (
            <>
              <DayLine timetable={plan} />
              <MissedDays missed={plan.missed} />
              <TimetableTable rows={plan.tasks} now={plan.now} />
            </>
          ) : (
            <RowsSkeleton rows={12} />
          )}
          {timetable.error && !plan ? (
            <ErrorState error={timetable.error} what="The timetable cannot be shown." onRetry={() => void timetable.refetch()} />
          ) : null}
        </Part>
      </div>
      <div className={styles['past']}>
        <Part title="What was done">
          {past.length > 0 ? <DataTable caption="Finished runs" columns={COLUMNS} rows={past} keyOf={(run) => run.id} /> : null}
          {jobs.data && past.length === 0 ? (
            <EmptyState title="Nothing has run yet.">The first run stands here with what came of it.</EmptyState>
          ) : null}
          {jobs.isPending ? <RowsSkeleton rows={8} /> : null}
        </Part>
      </div>
    </>
  );
}

/** A run that was put off waits only until a later run of the same task has taken its place. */
function isOpen(run: JobRunView, all: readonly JobRunView[]): boolean {
  if (run.status === 'running' || run.status === 'queued') return true;
  return run.status === 'put_off' && !all.some((other) => other.task === run.task && other.createdAt > run.createdAt);
}

function WorkerNote({ silentS }: { readonly silentS: number | null }) {
  if (silentS === null)
    return <span className="warn">no worker has started yet: npm start begins one after the demo network, npm run worker at once</span>;
  return silentS > SILENT_S ? (
    <span className="warn">no worker was heard for {roughly(silentS * 1_000).replace('about ', '')}</span>
  ) : (
    'all times are UTC'
  );
}

function MissedDays({ missed }: { readonly missed: TimetableView['missed'] }) {
  if (missed.length === 0) return null;
  const days = [...new Set(missed.map(({ day }) => day))].map(dayNameShort).join(', ');
  return (
    <p className={styles['missed']}>
      No lists were made on {days}: no worker ran. A list for a day that is over is not invented; today’s are made as always.
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

function took(run: JobRunView): string {
  if (run.startedAt === null || run.finishedAt === null) return '—';
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  return ms < 1_000 ? 'a moment' : roughly(ms).replace('about ', '');
}

function answer(working: number): string {
  if (working === 0) return 'Nothing is running right now.';
  return `${opening(inWords(working))} ${working === 1 ? 'job is' : 'jobs are'} running.`;
}
