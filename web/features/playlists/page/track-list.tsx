import { getRouteApi } from '@tanstack/react-router';
import { CaretDown } from '@phosphor-icons/react/CaretDown';
import type { EntryView, PlaylistView } from '#shared/contracts/playlists/playlist-views.ts';
import { trackLength } from '#web/lib/dates.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { AddedTrack, RemovedTracks } from './edited-tracks.tsx';
import { daysSinceLastPlay } from './last-played.ts';
import type { ShownDay } from './last-played.ts';
import { TrackReasons } from './track-reasons.tsx';
import styles from './track-list.module.css';

const route = getRouteApi('/playlist/$index');

interface TrackListProps {
  readonly view: PlaylistView;
  readonly day: string;
}

/**
 * The tracks in Spotify's order, each with its reason in one line. Selecting a track shows all its reasons; the address stores which track is open.
 * Tracks that were added on Spotify are between them, those removed there are named below.
 */
export function TrackList({ view, day }: TrackListProps) {
  const { entries, shown } = view;
  const candidates = view.report?.candidates ?? null;
  const about = { day, listDay: view.shows ?? day };
  const rows = [...entries, ...shown.added].toSorted((one, other) => one.position - other.position);
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
        {rows.map((entry) =>
          'uri' in entry ? (
            <AddedTrack key={entry.position} track={entry} />
          ) : (
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
                {lastPlayedText(entry, about)}
              </span>
              <span className={styles['length']}>{trackLength(entry.durationMs)}</span>
              {track === entry.position ? <TrackReasons entry={entry} candidates={candidates} /> : null}
            </li>
          ),
        )}
      </ol>
      <RemovedTracks tracks={shown.removed} />
    </section>
  );
}

/** Pinned tracks and tracks kept from the previous list have no repeat gap. */
function lastPlayedText(entry: EntryView, about: ShownDay) {
  const last = daysSinceLastPlay(entry, about);
  if (last === 'pinned') return 'Pinned';
  if (last === 'kept') return 'Kept';
  if (last === 'first') return 'First time';
  const text = `${plural(last, 'day')} ago`;
  return entry.repeat === null ? text : <b className="bad">{text}</b>;
}
