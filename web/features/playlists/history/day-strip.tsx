import { Link, getRouteApi } from '@tanstack/react-router';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { HistoryDay, HistoryView } from '#shared/contracts/playlists/history.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';
import { dayUnderKey } from './day-keys.ts';
import { byMonth } from './months.ts';
import styles from './day-strip.module.css';

const route = getRouteApi('/playlist/$index/history');

/** Its days as a calendar, a month a row, the newest month first; the darker the mark, the more was new. Arrows move between days. */
export function DayStrip({ view, from }: { readonly view: HistoryView; readonly from: string | undefined }) {
  const { index } = route.useParams();
  const navigate = route.useNavigate();
  const shown = view.shown?.day;
  const compare = (day: string) => void navigate({ search: (now) => ({ ...now, from: day || undefined }), resetScroll: false, replace: true });
  return (
    <section className={styles['strip']} aria-label="Days" onKeyDown={(event) => moveByDays(event, view.days)}>
      {byMonth(view.days).map(({ month, name, cells }) => (
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
                    aria-label={sayDay(entry)}
                    title={sayDay(entry)}
                    tabIndex={day === shown || (shown === undefined && entry === view.days[0]) ? 0 : -1}
                    data-day={day}
                    data-state={stateOf(entry)}
                    data-from={day === from || undefined}
                    style={shade(shareOf(entry))}
                  >
                    {Number(day.slice(8))}
                  </Link>
                </li>
              ) : (
                <li key={day} className={styles['none']} aria-hidden>
                  {Number(day.slice(8))}
                </li>
              ),
            )}
          </ol>
        </div>
      ))}
      <div className={styles['foot']}>
        <p className="small muted">
          The darker a day, the more of its list was new. A hollow day could not be filled; a striped one shows an earlier day’s list.
        </p>
        <label>
          Compare with{' '}
          <select value={from ?? ''} onChange={(event) => compare(event.target.value)}>
            <option value="">nothing</option>
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

function moveByDays(event: KeyboardEvent<HTMLElement>, days: readonly HistoryDay[]): void {
  const from = document.activeElement?.getAttribute('data-day');
  if (!from) return;
  const to = dayUnderKey(
    days.map(({ day }) => day),
    from,
    event.key,
  );
  if (to === undefined) return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus();
}

const shade = (share: number) => ({ '--share': String(share) }) as CSSProperties;

function stateOf(entry: HistoryDay): 'unfilled' | 'again' | 'list' {
  if (entry.status === 'unfilled') return 'unfilled';
  return entry.shows === null ? 'list' : 'again';
}

const shareOf = ({ changed, size }: HistoryDay) => (size === 0 ? 0 : (changed ?? size) / size);

function sayDay(entry: HistoryDay): string {
  if (entry.status === 'unfilled') return `${dayName(entry.day)}, could not be filled`;
  const news = entry.changed === null ? 'its first list' : `${plural(entry.changed, 'track')} new`;
  return `${dayName(entry.day)}, ${plural(entry.size, 'track')}, ${news}${entry.shows === null ? '' : `, shows ${dayName(entry.shows)} again`}`;
}
