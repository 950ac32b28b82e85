import { getRouteApi } from '@tanstack/react-router';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import type { EntryView } from '#shared/contracts/views.ts';
import { daysBetween, trackLength } from '#web/lib/dates.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { listed } from '#web/lib/words.ts';
import { TrackReasons } from './track-reasons.tsx';
import styles from './track-list.module.css';

const route = getRouteApi('/playlist/$index');

/** The list in order, each track with its reason in a line; a press shows the whole reckoning, and the address remembers which. */
export function TrackList({ entries, day }: { readonly entries: readonly EntryView[]; readonly day: string }) {
  const { track } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (position: number) =>
    void navigate({ search: (now) => ({ ...now, track: now.track === position ? undefined : position }), resetScroll: false, replace: true });
  return (
    <section className={styles['list']} aria-label="Tracks">
      <div className={`label ${styles['head']}`} aria-hidden>
        <span>No.</span>
        <span>Track</span>
        <span>Why it is here</span>
        <span>Rested</span>
        <span>Length</span>
      </div>
      <ol onKeyDown={(event) => moveInList(event, 'button[aria-expanded]')}>
        {entries.map((entry) => (
          <li key={entry.position} className={styles['track']}>
            <span className={styles['number']}>{entry.position}</span>
            <button type="button" aria-expanded={track === entry.position} onClick={() => open(entry.position)} className={styles['title']}>
              <b>{entry.title}</b>
              <span>
                {listed(entry.artists)}
                {entry.explicit ? ' · explicit' : ''}
              </span>
            </button>
            <span className={styles['why']}>
              {entry.why}
              <CaretDown size={14} aria-hidden className={styles['caret']} data-open={track === entry.position || undefined} />
            </span>
            <span className={styles['rest']}>
              <span className="sr">Rest: </span>
              {restedWords(entry, day)}
            </span>
            <span className={styles['length']}>{trackLength(entry.durationMs)}</span>
            {track === entry.position ? <TrackReasons entry={entry} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A track that was in the list before has not been away: it stays. */
function restedWords({ reasons }: EntryView, day: string): string {
  if (reasons.pinnedBy !== undefined) return 'pinned';
  if (reasons.staysSince !== undefined) return 'stays';
  return reasons.lastUsedOn === null ? 'first time' : `${daysBetween(reasons.lastUsedOn, day)} days`;
}
