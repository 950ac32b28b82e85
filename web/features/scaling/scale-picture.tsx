import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import { count, plural } from '#web/lib/words.ts';
import styles from './scale-picture.module.css';

/** The ruler reaches this much further than the lists that are wanted; a limit beyond is far enough not to matter. */
const REACH = 2;

/** Lists there are against what the catalogue carries and the accounts have room for, on one ruler; what is beyond it runs off its end. */
export function ScalePicture({ stats, isOver }: { readonly stats: ScalingStats; readonly isOver: boolean }) {
  const top = Math.max(1, stats.floor, stats.playlists, stats.wanted) * REACH;
  const at = (value: number) => `${(Math.min(value, top) / top) * 100}%`;
  const rows = [
    { name: isOver ? 'Playlists there were' : 'Playlists there are', value: stats.playlists, kind: 'now' },
    { name: 'The catalogue carries', value: stats.ceiling, kind: 'carries' },
    { name: 'The accounts have room for', value: stats.capacity, kind: 'room' },
    ...(stats.payableReplicas === null
      ? []
      : [{ name: 'The requests of a day pay for', value: Math.floor(stats.payableReplicas / stats.replicationFactor), kind: 'room' }]),
    ...(stats.floor > 0 ? [{ name: 'The floor', value: stats.floor, kind: 'room' }] : []),
  ];
  return (
    <figure className={styles['picture']}>
      <figcaption className="sr">{rows.map((row) => `${row.name}: ${count(row.value)}`).join('. ')}.</figcaption>
      <div aria-hidden>
        {rows.map((row) => (
          <div key={row.name} className={styles['row']}>
            <span className={styles['name']}>{row.name}</span>
            <span className={styles['track']}>
              <span className={styles['bar']} data-kind={row.kind} data-beyond={row.value > top || undefined} style={{ width: at(row.value) }} />
              <span className={styles['wanted']} style={{ left: at(stats.wanted) }} />
            </span>
            <b className={styles['value']}>{count(row.value)}</b>
          </div>
        ))}
        <p className={styles['legend']}>
          The line is what it should be: {plural(stats.wanted, 'playlist')} of {count(stats.tracksPerPlaylist)} tracks, each resting{' '}
          {plural(stats.restDays, 'day')}.{rows.some((row) => row.value > top) ? ' A torn bar goes on beyond the ruler.' : ''}
        </p>
      </div>
    </figure>
  );
}
