import type { EntryView } from '#shared/contracts/views.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const BASE = 92;
const TALLEST = 84;

/** Energy from the first track to the last; an unknown one is an open tick on the ground line, never a zero. */
export function FlowChart({ entries }: { readonly entries: readonly EntryView[] }) {
  const known = entries.filter((entry) => entry.energy !== null);
  const peak = known.toSorted((one, other) => (other.energy ?? 0) - (one.energy ?? 0))[0];
  const step = WIDTH / Math.max(1, entries.length - 1);
  const missing = entries.length - known.length;
  return (
    <figure className={styles['chart']}>
      <h2>How it flows</h2>
      <svg
        viewBox={`-4 0 ${WIDTH + 8} 96`}
        preserveAspectRatio="none"
        role="img"
        aria-label={peak ? `Energy by track, highest at track ${peak.position}` : 'Energy is not known'}
      >
        <path d={`M-4 ${BASE}H${WIDTH + 4}`} className={styles['ground']} />
        {entries.map((entry, at) => (
          <path
            key={entry.position}
            d={`M${round(at * step)} ${BASE}V${entry.energy === null ? BASE - 6 : round(BASE - entry.energy * TALLEST)}`}
            className={entry.energy === null ? styles['open'] : styles['mark']}
          />
        ))}
      </svg>
      <figcaption>
        Energy, track 1 to {entries.length}
        {missing > 0 ? `; unknown for ${missing}, shown grey` : ''}.
      </figcaption>
    </figure>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
