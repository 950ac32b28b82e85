import type { SyncJobState, SyncJobView } from '#shared/contracts/sync/sync-job.ts';
import { CancelButton } from '#web/ui/jobs/cancel-button.tsx';
import { timeLeftMs } from '#web/ui/jobs/time-left.ts';
import { useNow } from '#web/ui/jobs/use-now.ts';
import { clockTime, approximateDuration } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import styles from './sync-in-progress.module.css';

/** The job that syncs the day: its progress and a cancel button, or why it has not started. */
export function SyncInProgress({ syncJob }: { readonly syncJob: SyncJobView }) {
  const { run } = syncJob;
  const nowMs = useNow();
  const leftMs = run ? timeLeftMs(run, nowMs) : null;
  return (
    <div className={styles['progress']}>
      <p className={styles['state']} role="status">
        {summarize(syncJob)}
      </p>
      {run && run.total !== null ? (
        <>
          <ProgressBar value={run.done} max={run.total} name="Playlists checked and written" moving />
          <p className={styles['figures']}>
            <span>
              {count(run.done)} of {count(run.total)}
              {leftMs === null ? '' : `, ${approximateDuration(leftMs)} left`}
            </span>
            <CancelButton run={run} />
          </p>
        </>
      ) : null}
      {run?.doing ? <p className="small muted">{run.doing}</p> : null}
      <p className="small muted">
        {run ? 'It continues when you leave this page. ' : ''}
        <AppLink href="/admin/jobs" className="link">
          {run ? 'View progress in Jobs' : 'Open Jobs'}
        </AppLink>
      </p>
    </div>
  );
}

const STATES: Readonly<Record<Exclude<SyncJobState, 'later'>, string>> = {
  working: 'is running.',
  next: 'is next in the queue.',
  paused: 'waits until someone resumes the paused sync task.',
  no_worker: 'waits for a worker. None is running.',
  failed: 'failed after the last attempt.',
};

function summarize({ state, at, isApproved }: SyncJobView): string {
  const stateText = state === 'later' ? `is scheduled for ${at === null ? 'later' : `${clockTime(at)} UTC`}.` : STATES[state];
  return `${isApproved ? 'The approved sync' : 'The sync'} ${stateText}`;
}
