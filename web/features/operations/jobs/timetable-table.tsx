import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TimetableRow } from '#shared/contracts/job-views.ts';
import { clockTime, when } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { RUN_WORDS, TASK_WORDS } from './task-words.ts';
import styles from './timetable-table.module.css';

const HOUR = 60;

interface Line {
  readonly row: TimetableRow;
  readonly today: string;
}

const COLUMNS: readonly Column<Line>[] = [
  { head: 'Task', cell: ({ row }) => <Task row={row} /> },
  { head: 'Runs', cell: ({ row }) => rhythm(row.minutes) },
  { head: 'Last', cell: (line) => <Last {...line} /> },
  { head: 'Next', cell: ({ row, today }) => (row.paused ? 'when resumed' : when(row.next, today).replace('today, ', '')) },
  { head: 'Acts', bare: true, cell: ({ row }) => <Acts row={row} /> },
];

/** Each task with its rhythm, its last and its next run, and the buttons that run, pause and resume it. */
export function TimetableTable({ rows, now }: { readonly rows: readonly TimetableRow[]; readonly now: string }) {
  const today = now.slice(0, 10);
  const lines = rows.map((row) => ({ row, today }));
  return <DataTable caption="The timetable" columns={COLUMNS} rows={lines} keyOf={({ row }) => row.task} />;
}

const refresh = () => void queryClient.invalidateQueries(trpc.jobs.pathFilter());

function Acts({ row: { task, paused } }: { readonly row: TimetableRow }) {
  const [isPausing, setPausing] = useState(false);
  const { name } = TASK_WORDS[task];
  const run = useMutation(trpc.jobs.run.mutationOptions({ onSuccess: () => say(`${name} is in the queue.`), onSettled: refresh }));
  const resume = useMutation(trpc.jobs.resume.mutationOptions({ onSuccess: () => say(`${name} goes on.`), onSettled: refresh }));
  const error = run.error ?? resume.error;
  return (
    <>
      <span className={styles['acts']}>
        {paused ? null : (
          <Button size="small" working={run.isPending ? 'Asking…' : false} aria-label={`Run now: ${name}`} onClick={() => run.mutate({ task })}>
            Run now
          </Button>
        )}
        {/* One button for both: pausing and resuming leave the keyboard where it was. */}
        <Button
          size="small"
          look={paused ? 'default' : 'quiet'}
          working={resume.isPending ? 'Asking…' : false}
          aria-label={`${paused ? 'Resume' : 'Pause'}: ${name}`}
          onClick={() => (paused ? resume.mutate({ task }) : setPausing(true))}
        >
          {paused ? 'Resume' : 'Pause'}
        </Button>
      </span>
      {error ? <Refusal error={error} /> : null}
      {isPausing ? <PauseDialog task={task} onClose={() => setPausing(false)} /> : null}
    </>
  );
}

function Task({ row }: { readonly row: TimetableRow }) {
  return (
    <span className={styles['task']}>
      <b>{TASK_WORDS[row.task].name}</b>
      {row.paused ? (
        <span className={styles['why']}>
          Paused since {when(row.paused.at, '')}: {row.paused.why}
        </span>
      ) : (
        <span>{TASK_WORDS[row.task].does}</span>
      )}
    </span>
  );
}

/** The last run; a task that leaves no run where nothing changed is known by its tick. */
function Last({ row, today }: Line) {
  const ticked = row.ticks.filter(({ fate }) => fate === 'ran' || fate === 'caught_up').toSorted((one, other) => one.at.localeCompare(other.at));
  const tick = ticked.at(-1)?.at;
  if (tick !== undefined && tick > (row.last?.createdAt ?? '')) return <span className="muted">ran {clockTime(tick)} UTC</span>;
  if (!row.last) return <span className="muted">not yet</span>;
  const { name, tone } = RUN_WORDS[row.last.status];
  const instant = row.last.createdAt;
  return (
    <span className={styles['last']}>
      <StateText tone={row.last.status === 'done' && row.last.failures > 0 ? 'soon' : tone}>{name}</StateText>
      <span>{instant.startsWith(today) ? `${clockTime(instant)} UTC` : when(instant, today)}</span>
    </span>
  );
}

function rhythm(minutes: readonly number[]): string {
  const [first = 0, second] = minutes;
  if (second === undefined) return `${clock(first)} UTC`;
  return `every ${second - first} minutes`;
}

const clock = (minute: number) => `${String(Math.floor(minute / HOUR)).padStart(2, '0')}:${String(minute % HOUR).padStart(2, '0')}`;
