import { Link, getRouteApi } from '@tanstack/react-router';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { HistoryDay, HistoryView } from '#shared/contracts/playlists/history.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { count, plural } from '#web/lib/words.ts';
import { dayForKey } from './day-keys.ts';
import { groupByMonth } from './months.ts';
import styles from './day-calendar.module.css';

const route = getRouteApi('/playlist/$index/history');

/** The playlist's days as a calendar: one row per month, newest first. Darker days had more new tracks. Arrow keys move between days. */
export function DayCalendar({ view, from }: { readonly view: HistoryView; readonly from: string | undefined }) {
  const { index } = route.useParams();
  const navigate = route.useNavigate();
  const shown = view.shown?.day;
  const compare = (day: string) => void navigate({ search: (now) => ({ ...now, from: day || undefined }), resetScroll: false, replace: true });
  return (
    <section className={styles['calendar']} aria-label="Days" onKeyDown={(event) => moveFocusByDay(event, view.days)}>
      {groupByMonth(view.days).map(({ month, name, cells }) => (
        <div key={month} className={styles['month']}>
          <span className={styles['name']}>{name}</span>
          <ol>
            {cells.map(({ day, entry }) =>
              entry ? (
                <li key={day}>
                  <Link
                    to="/playlist/$index/history"
                    params={{ index }}
                    search={(now) => ({ ...now, day })}
                    resetScroll={false}
                    preload={false}
                    activeProps={{}}
                    aria-current={day === shown ? 'date' : undefined}
                    aria-label={describeDay(entry)}
                    title={describeDay(entry)}
                    tabIndex={day === shown || (shown === undefined && entry === view.days[0]) ? 0 : -1}
                    data-day={day}
                    data-state={stateOf(entry)}
                    data-from={day === from || undefined}
                    style={shadeStyle(changedShare(entry))}
                  >
                    {Number(day.slice(8))}
                  </Link>
                </li>
              ) : (
                <li key={day} className={styles['empty']} aria-hidden>
                  {Number(day.slice(8))}
                </li>
              ),
            )}
          </ol>
        </div>
      ))}
      <div className={styles['foot']}>
        <p className="small muted">
          Darker days had more new tracks. Outlined days could not be filled. On striped days Spotify showed an earlier list.
        </p>
        <label>
          Compare with{' '}
          <select value={from ?? ''} onChange={(event) => compare(event.target.value)}>
            <option value="">No other day</option>
            {view.days
              .filter(({ status, day }) => status === 'published' && day !== shown)
              .map(({ day }) => (
                <option key={day} value={day}>
                  {dayNameFull(day)}
                </option>
              ))}
          </select>
        </label>
      </div>
    </section>
  );
}

function moveFocusByDay(event: KeyboardEvent<HTMLElement>, days: readonly HistoryDay[]): void {
  const from = document.activeElement?.getAttribute('data-day');
  if (!from) return;
  const to = dayForKey(
    days.map(({ day }) => day),
    from,
    event.key,
  );
  if (to === undefined) return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
}

const shadeStyle = (share: number) => ({ '--share': String(share) }) as CSSProperties;

function stateOf(entry: HistoryDay): 'unfilled' | 'rolled-back' | 'list' {
  if (entry.status === 'unfilled') return 'unfilled';
  return entry.onSpotify === 'again' || entry.onSpotify === 'earlier' ? 'rolled-back' : 'list';
}

const changedShare = ({ changed, size }: HistoryDay) => (size === 0 ? 0 : (changed ?? size) / size);

function describeDay(entry: HistoryDay): string {
  if (entry.status === 'unfilled') return `${dayName(entry.day)}: could not be filled`;
  const changes = entry.changed === null ? 'first list' : `${count(entry.changed)} new`;
  return `${dayName(entry.day)}: ${plural(entry.size, 'track')}, ${changes}${entry.shows === null ? '' : `, rolled back to ${dayName(entry.shows)}`}${entry.onSpotify === 'earlier' ? ', not on Spotify that day' : ''}`;
}
