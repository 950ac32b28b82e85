import type { OverviewView } from '#shared/contracts/views.ts';
import { TASK_WORDS } from '../jobs/task-words.ts';
import { withDayNames } from '#web/lib/dates.ts';
import styles from './stations.module.css';

const SAYS = { done: 'done', partly: 'partly', waiting: 'to come', now: 'now', failed: 'failed' } as const;

/** The day as a line of stations; what is not full yet stands open. */
export function Stations({ stations }: { readonly stations: OverviewView['stations'] }) {
  return (
    <ol className={styles['day']} aria-label="Today’s timetable">
      {stations.map((station) => (
        <li key={station.task} data-state={station.state}>
          <b>{TASK_WORDS[station.task].short}</b>
          <span className="sr">{SAYS[station.state]}: </span>
          <span>
            {station.at} · <em>{withDayNames(station.says)}</em>
          </span>
        </li>
      ))}
    </ol>
  );
}
