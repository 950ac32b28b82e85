import { useMutation, useQuery } from '@tanstack/react-query';
import type { JobName } from '#shared/contracts/jobs.ts';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { RUNS_SHOWN, useLiveInterval } from '#web/features/jobs/live-jobs.tsx';
import { RunLines } from '#web/features/jobs/run-lines.tsx';
import { RUN_WORDS, TASKS, TASK_WORDS } from '#web/features/jobs/task-words.ts';
import { clockTime, dayNameShort, roughly } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { inWords, opening } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table.tsx';
import { PageHead, Part } from '#web/ui/page-head.tsx';
import { EmptyState, ErrorState, Refusal, Skeleton } from '#web/ui/states.tsx';
import { StateText } from '#web/ui/state-text.tsx';
import { say } from '#web/ui/toast.tsx';
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
];

/** Every run of every task, live; and a way to nudge them. */
export function JobsPage() {
  usePageTitle('Jobs');
  const jobs = useQuery(trpc.jobs.list.queryOptions({ limit: RUNS_SHOWN }, { refetchInterval: useLiveInterval() }));
  if (jobs.error && !jobs.data) return <ErrorState isPage error={jobs.error} what="The jobs cannot be shown." onRetry={() => void jobs.refetch()} />;
  const running = jobs.data?.filter((run) => isOpen(run, jobs.data)) ?? [];
  const past = jobs.data?.filter((run) => !running.includes(run)) ?? [];
  const working = running.filter((run) => run.status === 'running').length;
  return (
    <>
      <PageHead title={jobs.data ? answer(working) : <Skeleton width="12em" />}>
        What the clock and the queue do. Progress comes by itself, here and on every other device.
      </PageHead>
      <p className="sr" role="status">
        {jobs.data ? answer(working) : ''}
      </p>
      <div className={styles['cols']}>
        <Part title="Now and waiting">
          {jobs.data ? (
            running.length > 0 ? (
              <RunLines runs={running} />
            ) : (
              <p className={styles['calm']}>Nothing is running, nothing waits.</p>
            )
          ) : (
            <Skeleton height="120px" />
          )}
        </Part>
        <Part title="Run now" note="the timetable does it by itself">
          <Nudges />
        </Part>
      </div>
      <div className={styles['past']}>
        <Part title="What was done">
          {past.length > 0 ? <DataTable caption="Finished runs" columns={COLUMNS} rows={past} keyOf={(run) => run.id} /> : null}
          {jobs.data && past.length === 0 ? (
            <EmptyState title="Nothing has run yet.">The first run stands here with what came of it.</EmptyState>
          ) : null}
          {jobs.isPending ? <Skeleton height="320px" /> : null}
        </Part>
      </div>
    </>
  );
}

function Nudges() {
  const run = useMutation(
    trpc.jobs.run.mutationOptions({
      onSuccess: (_answer, { task }) => {
        say(`${TASK_WORDS[task].name} is in the queue.`);
        void queryClient.invalidateQueries(trpc.jobs.list.pathFilter());
      },
    }),
  );
  const isWorking = (task: JobName) => run.isPending && run.variables.task === task;
  return (
    <>
      <ul className={styles['nudges']}>
        {TASKS.map((task) => (
          <li key={task}>
            <span>
              <b>{TASK_WORDS[task].name}</b>
              <span>{TASK_WORDS[task].does}</span>
            </span>
            <Button
              size="small"
              aria-label={`Run now: ${TASK_WORDS[task].name}`}
              working={isWorking(task) ? 'Queueing…' : false}
              onClick={() => run.mutate({ task })}
            >
              Run now
            </Button>
          </li>
        ))}
      </ul>
      {run.error ? <Refusal error={run.error} /> : null}
    </>
  );
}

/** A run that was put off waits only until a later run of the same task has taken its place. */
function isOpen(run: JobRunView, all: readonly JobRunView[]): boolean {
  if (run.status === 'running' || run.status === 'queued') return true;
  return run.status === 'put_off' && !all.some((other) => other.task === run.task && other.createdAt > run.createdAt);
}

function Outcome({ run }: { readonly run: JobRunView }) {
  return (
    <>
      {run.outcome ?? '—'}
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
