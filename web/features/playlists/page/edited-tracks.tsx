import type { PlaylistShownView } from '#shared/contracts/playlists/playlist-views.ts';
import { joinNames } from '#web/lib/words.ts';
import styles from './track-list.module.css';

type EditedTrack = PlaylistShownView['added'][number];

/** “Title”, or a plain description of a track that the catalog does not have. */
export const nameOfEdited = ({ title }: EditedTrack): string => (title === null ? 'a track that is not in the catalog' : `“${title}”`);

/** A track that somebody added on Spotify, at its position there. */
export function AddedTrack({ track }: { readonly track: EditedTrack }) {
  return (
    <li className={`${styles['track']} ${styles['added']}`}>
      <span className={styles['number']}>{track.position}</span>
      <span className={styles['edited']}>
        <b>{track.title ?? 'A track that is not in the catalog'}</b>
        <span>{joinNames(track.artists)}</span>
      </span>
      <span className={styles['why']}>Added on Spotify. Not covered by the certificate.</span>
    </li>
  );
}

/** The tracks of the list that somebody removed on Spotify. */
export function RemovedTracks({ tracks }: { readonly tracks: readonly EditedTrack[] }) {
  if (tracks.length === 0) return null;
  return (
    <section className={styles['removed']} aria-label="Removed on Spotify">
      <h2>Removed on Spotify</h2>
      <ul>
        {tracks.map((track) => (
          <li key={track.position}>
            <s>{track.title ?? 'A track that is not in the catalog'}</s> <span className="muted">{joinNames(track.artists)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
