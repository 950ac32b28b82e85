import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import { count, plural } from '#web/lib/words.ts';
import styles from './capacity-chart.module.css';

/** The axis reaches to this multiple of the target. Limits beyond it do not matter and are cut off. */
const AXIS_FACTOR = 2;

/** The number of playlists against what the catalog can fill and the accounts can host, on one axis. Bars beyond the axis end torn. */
export function CapacityChart({ stats, isOver }: { readonly stats: ScalingStats; readonly isOver: boolean }) {
  const axisMax = Math.max(1, stats.floor, stats.playlists, stats.wanted) * AXIS_FACTOR;
  const at = (value: number) => `${(Math.min(value, axisMax) / axisMax) * 100}%`;
  const rows = [
    { name: isOver ? 'Playlists before' : 'Playlists now', value: stats.playlists, kind: 'now' },
    { name: 'Catalog can fill', value: stats.ceiling, kind: 'catalog' },
    { name: 'Accounts can host', value: stats.capacity, kind: 'limit' },
    ...(stats.payableReplicas === null
      ? []
      : [{ name: 'Daily requests allow', value: Math.floor(stats.payableReplicas / stats.replicationFactor), kind: 'limit' }]),
    ...(stats.floor > 0 ? [{ name: 'Minimum', value: stats.floor, kind: 'limit' }] : []),
  ];
  return (
    <figure className={styles['picture']}>
      <figcaption className="sr">{rows.map((row) => `${row.name}: ${count(row.value)}`).join('. ')}.</figcaption>
      <div aria-hidden>
        {rows.map((row) => (
          <div key={row.name} className={styles['row']}>
            <span className={styles['name']}>{row.name}</span>
            <span className={styles['track']}>
              <span className={styles['bar']} data-kind={row.kind} data-beyond={row.value > axisMax || undefined} style={{ width: at(row.value) }} />
              <span className={styles['target']} style={{ left: at(stats.wanted) }} />
            </span>
            <b className={styles['value']}>{count(row.value)}</b>
          </div>
        ))}
        <p className={styles['legend']}>
          The line is the target: {plural(stats.wanted, 'playlist')} of {count(stats.tracksPerPlaylist)} tracks, repeat window{' '}
          {plural(stats.restDays, 'day')}.{rows.some((row) => row.value > axisMax) ? ' Torn bars continue beyond the axis.' : ''}
        </p>
      </div>
    </figure>
  );
}
