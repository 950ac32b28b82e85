import type { JobRunView } from '#shared/contracts/job-views.ts';
import { withDayNames } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { RUN_STATUS_LABELS, TASK_LABELS } from './job-labels.ts';

type Run = Pick<JobRunView, 'task' | 'status' | 'done' | 'total' | 'outcome'>;

/** Progress announcements in one run: a screen reader hears each quarter, not each album. */
const ANNOUNCEMENTS = 4;

/** The screen reader announcement for an updated run: its start, each quarter and its end. Null when none of these has changed. */
export function runAnnouncement(run: Run, before: Run | undefined): string | null {
  const { name } = TASK_LABELS[run.task];
  if (run.status !== 'running') {
    if (before?.status === run.status || run.status === 'queued') return null;
    return `${name}: ${RUN_STATUS_LABELS[run.status].name}. ${run.outcome === null ? '' : withDayNames(run.outcome)}`.trim();
  }
  if (before?.status !== 'running') return `${name} started.`;
  if (run.total === null || quarterOf(run) === quarterOf(before)) return null;
  return `${name}: ${count(run.done)} of ${count(run.total)}.`;
}

const quarterOf = ({ done, total }: Run) => (total === null || total === 0 ? 0 : Math.floor((done / total) * ANNOUNCEMENTS));
