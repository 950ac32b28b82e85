import type { CSSProperties } from 'react';
import type { ScheduleView } from '#shared/contracts/job-views.ts';
import { TASK_LABELS } from './job-labels.ts';
import { scheduledRunText, scheduledRunState } from './scheduled-run-state.ts';
import styles from './daily-runs-chart.module.css';

const DAY_MINUTES = 1_440;
/** Tasks with more scheduled runs a day than this repeat through the day and are not shown on the line. */
const RUNS_MAX = 4;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];

/** Today from midnight to midnight UTC: one row for each daily task with its scheduled run, and the current time. */
export function DailyRunsChart({ schedule }: { readonly schedule: ScheduleView }) {
  const daily = schedule.tasks.filter((row) => row.minutes.length <= RUNS_MAX);
  const nowMinute = minuteOf(schedule.now);
  return (
    <figure className={styles['day']} aria-label="Today’s schedule, UTC">
      <ol>
        {daily.map((row) => {
          const minute = row.minutes[0] ?? 0;
          const state = scheduledRunState(row, schedule.now);
          return (
            <li key={row.task}>
              <span className={styles['name']}>{TASK_LABELS[row.task].short}</span>
              <span className={styles['track']}>
                <span className={styles['run']} data-state={state} data-late={minute > DAY_MINUTES * 0.8 || undefined} style={{ left: at(minute) }}>
                  <span className={styles['label']}>
                    {clock(minute)} <span className="sr">UTC,</span> <i>{scheduledRunText(state, schedule)}</i>
                  </span>
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      <div className={styles['scale']} aria-hidden style={{ '--rows': daily.length } as CSSProperties}>
        <span className={styles['name']} />
        <span className={styles['track']}>
          {HOURS.map((hour) => (
            <span key={hour} style={{ left: at(hour * 60) }}>
              {String(hour).padStart(2, '0')}
            </span>
          ))}
          <span className={styles['now']} style={{ left: at(nowMinute) }} />
        </span>
      </div>
    </figure>
  );
}

const at = (minute: number) => `${(minute / DAY_MINUTES) * 100}%`;

const minuteOf = (instant: string) => {
  const date = new Date(instant);
  return date.getUTCHours() * 60 + date.getUTCMinutes();
};
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
