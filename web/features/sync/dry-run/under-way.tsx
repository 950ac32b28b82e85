import type { SyncUnderWayState, SyncUnderWayView } from '#shared/contracts/sync/sync-under-way.ts';
import { CancelButton } from '#web/ui/jobs/cancel-button.tsx';
import { timeLeftMs } from '#web/ui/jobs/time-left.ts';
import { useNow } from '#web/ui/jobs/use-now.ts';
import { clockTime, roughly } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { Progress } from '#web/ui/feedback/progress.tsx';
import styles from './under-way.module.css';

/** Where the job stands that writes the day: what it does, how far it is, and the way to stop it; or why it has not begun. */
export function UnderWay({ underWay }: { readonly underWay: SyncUnderWayView }) {
  const { run } = underWay;
  const nowMs = useNow();
  const leftMs = run ? timeLeftMs(run, nowMs) : null;
  return (
    <div className={styles['way']}>
      <p className={styles['says']} role="status">
        {saysOf(underWay)}
      </p>
      {run && run.total !== null ? (
        <>
          <Progress value={run.done} max={run.total} name="Playlists looked at and written" moving />
          <p className={styles['figures']}>
            <span>
              {count(run.done)} of {count(run.total)}
              {leftMs === null ? '' : `, ${roughly(leftMs)} left`}
            </span>
            <CancelButton run={run} />
          </p>
        </>
      ) : null}
      {run?.doing ? <p className="small muted">{run.doing}</p> : null}
      <p className="small muted">
        {run ? 'It goes on when you leave this page. ' : ''}
        <HouseLink href="/admin/jobs" className="link">
          {run ? 'Follow it under Jobs' : 'Open jobs'}
        </HouseLink>
      </p>
    </div>
  );
}

const SAYS: Readonly<Record<Exclude<SyncUnderWayState, 'later'>, string>> = {
  working: 'is being written.',
  next: 'is next in the queue.',
  paused: 'waits: sync is paused until somebody resumes it.',
  no_worker: 'waits for a worker, and none runs.',
  given_up: 'was tried as often as it may be, and given up.',
};

function saysOf({ state, at, isApproved }: SyncUnderWayView): string {
  const says = state === 'later' ? `waits until ${at === null ? 'later' : `${clockTime(at)} UTC`}.` : SAYS[state];
  return `${isApproved ? 'What was approved' : 'The day'} ${says}`;
}
