import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { TASK_LABELS } from '../jobs/job-labels.ts';
import { withDayNames } from '#web/lib/dates.ts';
import styles from './today-schedule.module.css';

const STATE_NAMES = { done: 'Done', partly: 'Partly done', waiting: 'Scheduled', now: 'Running', failed: 'Failed' } as const;

/** Today's main tasks in order, each with its time and state. */
export function TodaySchedule({ stations }: { readonly stations: OverviewView['steps'] }) {
  return (
    <ol className={styles['day']} aria-label="Today’s schedule">
      {stations.map((station) => (
        <li key={station.task} data-state={station.state}>
          <b>{TASK_LABELS[station.task].short}</b>
          <span className="sr">{STATE_NAMES[station.state]}: </span>
          <span>
            {station.at} · <em>{withDayNames(station.message)}</em>
          </span>
        </li>
      ))}
    </ol>
  );
}
