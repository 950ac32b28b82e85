import { getRouteApi, Link } from '@tanstack/react-router';
import type { PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { joinNames } from '#web/lib/words.ts';
import styles from './charts.module.css';

const route = getRouteApi('/playlist/$index');
const SHOWN_MAX = 30;

/** The last 30 days, oldest first; each bar opens its day. One tab stop; arrow keys move between the bars. */
export function DayPicker({ days, day }: Pick<PlaylistView, 'days'> & { readonly day: string }) {
  const { index } = route.useParams();
  const shown = days.slice(0, SHOWN_MAX).toReversed();
  const unfilled = shown.filter((one) => one.status === 'unfilled').map((one) => dayName(one.day));
  const isInRange = shown.some((one) => one.day === day);
  return (
    <figure className={styles['chart']}>
      <h2>{shown.length < SHOWN_MAX ? 'Days so far' : 'Last 30 days'}</h2>
      <ol className={styles['days']} onKeyDown={(event) => moveInList(event, 'a')}>
        {shown.map((one, at) => (
          <li key={one.day}>
            <Link
              to="/playlist/$index"
              params={{ index }}
              search={{ day: one.day }}
              resetScroll={false}
              preload={false}
              activeProps={{}}
              data-unfilled={one.status === 'unfilled' || undefined}
              aria-current={one.day === day ? 'date' : undefined}
              aria-label={`${dayName(one.day)}${one.status === 'unfilled' ? ': could not be filled' : ''}`}
              title={dayName(one.day)}
              tabIndex={one.day === day || (!isInRange && at === shown.length - 1) ? 0 : -1}
            />
          </li>
        ))}
      </ol>
      <figcaption>
        Showing {dayName(day)}. Select a bar for another day.
        {unfilled.length > 0 ? ` Could not be filled: ${joinNames(unfilled.slice(-3))}.` : ''}{' '}
        <Link to="/playlist/$index/history" params={{ index }} search={{ day }} className="link">
          Full history
        </Link>
      </figcaption>
    </figure>
  );
}
