import type { HistoryView } from '#shared/contracts/playlists/history.ts';
import { dayName, dayNameFull } from '#web/lib/dates.ts';
import { listed, plural } from '#web/lib/words.ts';
import styles from './history.module.css';

/** One day as it was: title, description, tracks in their order. */
export function AsOf({ shown }: { readonly shown: NonNullable<HistoryView['shown']> }) {
  return (
    <section aria-label={`The list of ${dayName(shown.day)}`}>
      <p className="label">{dayNameFull(shown.day)}</p>
      <h2 className={styles['title']}>{shown.name ?? 'Its title of that day was not kept'}</h2>
      {shown.shows ? <p className={styles['again']}>It shows the list of {dayName(shown.shows)} again.</p> : null}
      <p className={styles['description']}>{shown.description ?? 'Its description of that day was not kept.'}</p>
      <ol className={styles['tracks']}>
        {shown.tracks.map((track) => (
          <li key={track.position}>
            <span className={styles['number']}>{track.position}</span>
            <span>
              <b>{track.title}</b> <span className="muted">{listed(track.artists)}</span>
            </span>
            <span className={styles['why']}>{track.why ?? ''}</span>
          </li>
        ))}
      </ol>
      <p className="small muted">{plural(shown.tracks.length, 'track')}, in the order of that day.</p>
    </section>
  );
}
