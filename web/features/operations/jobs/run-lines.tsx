import type { JobRunView } from '#shared/contracts/job-views.ts';
import { clockTime, playingTime, approximateDuration } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { RUN_STATUS_LABELS, TASK_LABELS } from './job-labels.ts';
import { CancelButton } from '#web/ui/jobs/cancel-button.tsx';
import { timeLeftMs } from '#web/ui/jobs/time-left.ts';
import { useNow } from '#web/ui/jobs/use-now.ts';
import styles from './run-lines.module.css';

/** From this length on, times are shown in hours and minutes. */
const LONG_MS = 90 * 60_000;

/** Running and queued runs: task, current step, a progress bar where the total is known, and counts. */
export function RunLines({ runs }: { readonly runs: readonly JobRunView[] }) {
  return (
    <ul className={styles['lines']} aria-live="off">
      {runs.map((run) => (
        <li key={run.id}>
          <b>{TASK_LABELS[run.task].name}</b>
          <span className={styles['doing']}>
            {run.doing ?? run.outcome ?? ''}
            <TimeLeft run={run} />
          </span>
          {run.status === 'running' && run.total !== null ? (
            <ProgressBar value={run.done} max={run.total} name={TASK_LABELS[run.task].name} moving />
          ) : (
            <StatusText tone={RUN_STATUS_LABELS[run.status].tone}>{RUN_STATUS_LABELS[run.status].name}</StatusText>
          )}
          <span className={styles['figures']}>
            {run.total === null ? (run.done > 0 ? count(run.done) : '') : `${count(run.done)} of ${count(run.total)}`}
          </span>
          <span className={styles['figures']}>{run.failures > 0 ? <span className="warn">{count(run.failures)} failed</span> : ''}</span>
          <span className={styles['figures']}>
            <CancelButton run={run} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Estimated time left, shown only where progress is known; or when a postponed run is retried. */
function TimeLeft({ run }: { readonly run: JobRunView }) {
  const leftMs = timeLeftMs(run, useNow());
  if (run.status === 'put_off' && run.retryAt) return <span className={styles['left']}> Retries at {clockTime(run.retryAt)} UTC.</span>;
  return leftMs === null ? null : (
    <span className={styles['left']}>, {leftMs < LONG_MS ? approximateDuration(leftMs) : `about ${playingTime(leftMs)}`} left</span>
  );
}
