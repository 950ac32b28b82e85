import styles from './spotify-mock.module.css';

/** A cover as a listener meets it: 64 px in a list, 300 px in a grid. Dark, as the Spotify app is, in both themes. */
export function SpotifyMock({ url, title, label }: { readonly url: string; readonly title: string; readonly label?: string }) {
  return (
    <figure className={styles['mock']} aria-label={label ?? 'As in a list and a grid of Spotify'}>
      <div className={styles['list']}>
        <Row />
        <div className={styles['row']} data-now>
          <img src={url} alt="" width={64} height={64} />
          <span>
            <b dir="auto">{title}</b>
            <span>Playlist</span>
          </span>
        </div>
        <Row />
      </div>
      <div className={styles['card']}>
        <img src={url} alt="" width={300} height={300} />
        <b dir="auto">{title}</b>
        <span>Playlist</span>
      </div>
      <figcaption>64 px in a list, 300 px in a grid</figcaption>
    </figure>
  );
}

/** A neighbor in the list, without a picture of its own. */
function Row() {
  return (
    <div className={styles['row']} aria-hidden>
      <span className={styles['blank']} />
      <span className={styles['bars']}>
        <span />
        <span />
      </span>
    </div>
  );
}
