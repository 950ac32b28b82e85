import type { EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { plural } from '#web/lib/words.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const BASE = 92;
const TALLEST = 84;

/** Energy by track. An unknown value is a gray tick on the baseline, never a zero. */
export function FlowChart({ entries }: { readonly entries: readonly Pick<EntryView, 'position' | 'energy'>[] }) {
  const known = entries.filter((entry) => entry.energy !== null);
  const peak = known.toSorted((one, other) => (other.energy ?? 0) - (one.energy ?? 0))[0];
  const step = WIDTH / Math.max(1, entries.length - 1);
  const missing = entries.length - known.length;
  return (
    <figure className={styles['chart']}>
      <h2>Energy flow</h2>
      <svg
        viewBox={`-4 0 ${WIDTH + 8} 96`}
        preserveAspectRatio="none"
        role="img"
        aria-label={peak ? `Energy by track, highest at track ${peak.position}` : 'Energy unknown'}
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
        Energy (0–1) from track 1 to {entries.length}
        {missing > 0 ? `. Unknown for ${plural(missing, 'track')}, shown in gray` : ''}.
      </figcaption>
    </figure>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
