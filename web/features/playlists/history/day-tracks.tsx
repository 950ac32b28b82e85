import type { HistoryView } from '#shared/contracts/playlists/history.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { joinNames, plural } from '#web/lib/words.ts';
import { nameOfEdited } from '../page/edited-tracks.tsx';
import styles from './history.module.css';

function Edits({ edits: { added, removed } }: Pick<NonNullable<HistoryView['shown']>, 'edits'>) {
  if (added.length + removed.length === 0) return null;
  const parts = [
    ...(added.length > 0 ? [`added ${joinNames(added.map(nameOfEdited))}`] : []),
    ...(removed.length > 0 ? [`removed ${joinNames(removed.map(nameOfEdited))}`] : []),
  ];
  return <p className={styles['rolledBack']}>Edited on Spotify: {parts.join('; ')}. Not covered by the certificate.</p>;
}

/** One day's list as it was: title, description, tracks in order. */
export function DayTracks({ shown }: { readonly shown: NonNullable<HistoryView['shown']> }) {
  return (
    <section aria-label={`List for ${dayName(shown.day)}`}>
      <p className="label">{dayNameFull(shown.day)}</p>
      <h2 className={styles['title']}>{shown.name ?? 'Title not recorded'}</h2>
      {shown.shows ? <p className={styles['rolledBack']}>Rolled back: the list from {dayName(shown.shows)} was shown again.</p> : null}
      {shown.onSpotify === 'earlier' ? (
        <p className={styles['rolledBack']}>This list was not on Spotify that day. An earlier one was still shown.</p>
      ) : null}
      <Edits edits={shown.edits} />
      <p className={styles['description']}>{shown.description ?? 'Description not recorded.'}</p>
      <ol className={styles['tracks']}>
        {shown.tracks.map((track) => (
          <li key={track.position}>
            <span className={styles['number']}>{track.position}</span>
            <span>
              <b>{track.title}</b> <span className="muted">{joinNames(track.artists)}</span>
            </span>
            <span className={styles['why']}>{track.why ?? ''}</span>
          </li>
        ))}
      </ol>
      <p className="small muted">{plural(shown.tracks.length, 'track')}, in that day’s order.</p>
    </section>
  );
}
