import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScheduleRow } from '#shared/contracts/job-views.ts';
import { clockTime, dayAndTime } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { RUN_STATUS_LABELS, TASK_LABELS } from './job-labels.ts';
import styles from './schedule-table.module.css';

const HOUR = 60;

interface Line {
  readonly row: ScheduleRow;
  readonly today: string;
}

const COLUMNS: readonly Column<Line>[] = [
  { head: 'Task', cell: ({ row }) => <Task row={row} /> },
  { head: 'Schedule', cell: ({ row }) => scheduleText(row.minutes) },
  { head: 'Last run', cell: (line) => <LastRun {...line} /> },
  { head: 'Next run', cell: ({ row, today }) => (row.paused ? 'After it resumes' : dayAndTime(row.nextRunAt, today).replace('today, ', '')) },
  { head: 'Actions', bare: true, cell: ({ row }) => <Actions row={row} /> },
];

/** Each task with its schedule, its last and next run, and buttons to run, pause and resume it. */
export function ScheduleTable({ rows, now }: { readonly rows: readonly ScheduleRow[]; readonly now: string }) {
  const today = now.slice(0, 10);
  const lines = rows.map((row) => ({ row, today }));
  return <DataTable caption="Schedule" columns={COLUMNS} rows={lines} keyOf={({ row }) => row.task} />;
}

const refresh = () => void queryClient.invalidateQueries(trpc.operations.jobs.pathFilter());

function Actions({ row: { task, paused } }: { readonly row: ScheduleRow }) {
  const [isPausing, setPausing] = useState(false);
  const { name } = TASK_LABELS[task];
  const run = useMutation(trpc.operations.jobs.run.mutationOptions({ onSuccess: () => showToast(`${name} queued.`), onSettled: refresh }));
  const resume = useMutation(trpc.operations.jobs.resume.mutationOptions({ onSuccess: () => showToast(`${name} resumed.`), onSettled: refresh }));
  const error = run.error ?? resume.error;
  return (
    <>
      <span className={styles['actions']}>
        {paused ? null : (
          <Button size="small" working={run.isPending ? 'Queuing…' : false} aria-label={`Run now: ${name}`} onClick={() => run.mutate({ task })}>
            Run now
          </Button>
        )}
        {/* One button for both actions, so that the keyboard focus stays on it. */}
        <Button
          size="small"
          look={paused ? 'default' : 'quiet'}
          working={resume.isPending ? 'Resuming…' : false}
          aria-label={`${paused ? 'Resume' : 'Pause'}: ${name}`}
          onClick={() => (paused ? resume.mutate({ task }) : setPausing(true))}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </span>
      {error ? <InlineError error={error} /> : null}
      {isPausing ? <PauseDialog task={task} onClose={() => setPausing(false)} /> : null}
    </>
  );
}

function Task({ row }: { readonly row: ScheduleRow }) {
  return (
    <span className={styles['task']}>
      <b>{TASK_LABELS[row.task].name}</b>
      {row.paused ? (
        <span className={styles['why']}>
          Paused since {dayAndTime(row.paused.at, '')}: {row.paused.why}
        </span>
      ) : (
        <span>{TASK_LABELS[row.task].does}</span>
      )}
    </span>
  );
}

/** The last run. A task whose runs leave no record when nothing changed is shown by its last scheduled time. */
function LastRun({ row, today }: Line) {
  const ranRuns = row.scheduledRuns
    .filter(({ status }) => status === 'ran' || status === 'caught_up')
    .toSorted((one, other) => one.at.localeCompare(other.at));
  const ranAt = ranRuns.at(-1)?.at;
  if (ranAt !== undefined && ranAt > (row.lastRun?.createdAt ?? '')) return <span className="muted">Ran {clockTime(ranAt)} UTC</span>;
  if (!row.lastRun) return <span className="muted">Never</span>;
  const { name, tone } = RUN_STATUS_LABELS[row.lastRun.status];
  const { createdAt } = row.lastRun;
  return (
    <span className={styles['last']}>
      <StatusText tone={row.lastRun.status === 'done' && row.lastRun.failures > 0 ? 'soon' : tone}>{name}</StatusText>
      <span>{createdAt.startsWith(today) ? `${clockTime(createdAt)} UTC` : dayAndTime(createdAt, today)}</span>
    </span>
  );
}

function scheduleText(minutes: readonly number[]): string {
  const [first = 0, second] = minutes;
  if (second === undefined) return `${clock(first)} UTC`;
  return `Every ${second - first} minutes`;
}

const clock = (minute: number) => `${String(Math.floor(minute / HOUR)).padStart(2, '0')}:${String(minute % HOUR).padStart(2, '0')}`;
