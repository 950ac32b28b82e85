import { getRouteApi } from '@tanstack/react-router';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import type { EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { daysBetween, trackLength } from '#web/lib/dates.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { TrackReasons } from './track-reasons.tsx';
import styles from './track-list.module.css';

const route = getRouteApi('/playlist/$index');

interface TrackListProps {
  readonly entries: readonly EntryView[];
  readonly day: string;
  /** How many candidates were ranked that day; null when unknown. */
  readonly candidates: number | null;
}

/** The tracks in order, each with its reason in one line. Selecting a track shows all its reasons; the address stores which track is open. */
export function TrackList({ entries, day, candidates }: TrackListProps) {
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
        <span>Last played</span>
        <span>Length</span>
      </div>
      <ol onKeyDown={(event) => moveInList(event, 'button[aria-expanded]')}>
        {entries.map((entry) => (
          <li key={entry.position} className={styles['track']}>
            <span className={styles['number']}>{entry.position}</span>
            <button type="button" aria-expanded={track === entry.position} onClick={() => open(entry.position)} className={styles['title']}>
              <b>{entry.title}</b>
              <span>
                {joinNames(entry.artists)}
                {entry.explicit ? ' · Explicit' : ''}
              </span>
            </button>
            <span className={styles['why']}>
              {entry.why}
              <CaretDown size={14} aria-hidden className={styles['caret']} data-open={track === entry.position || undefined} />
            </span>
            <span className={styles['lastPlayed']}>
              <span className="sr">Last played: </span>
              {lastPlayedText(entry, day)}
            </span>
            <span className={styles['length']}>{trackLength(entry.durationMs)}</span>
            {track === entry.position ? <TrackReasons entry={entry} candidates={candidates} /> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Pinned tracks and tracks kept from the previous list have no repeat gap. */
function lastPlayedText({ reasons }: EntryView, day: string): string {
  if (reasons.pinnedBy !== undefined) return 'Pinned';
  if (reasons.staysSince !== undefined) return 'Kept';
  return reasons.lastUsedOn === null ? 'First time' : `${plural(daysBetween(reasons.lastUsedOn, day), 'day')} ago`;
}
