import type { EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { daysSinceLastPlay } from './last-played.ts';
import type { ShownDay } from './last-played.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const PAD = 8;

/**
 * Days since each track last played within the scope of its repeat window, with the window as a line. Tracks that appear for the first time have no
 * dot; neither have tracks kept from the previous list, which is not a repeat.
 */
export function RepeatGapChart({ entries, ...shown }: ShownDay & { readonly entries: readonly EntryView[] }) {
  const plays = entries.map((entry) => ({ position: entry.position, last: daysSinceLastPlay(entry, shown) }));
  const kept = plays.filter(({ last }) => last === 'kept' || last === 'pinned').length;
  const gaps = plays.map(({ position, last }) => ({ position, days: typeof last === 'number' ? last : null }));
  const window = entries[0]?.reasons.restDays ?? 0;
  const firstTimes = gaps.filter((gap) => gap.days === null).length - kept;
  const longest = Math.max(1, window * 2, ...gaps.map((gap) => gap.days ?? 0));
  const y = (days: number) => round(HEIGHT - PAD - (days / longest) * (HEIGHT - 2 * PAD));
  const step = WIDTH / Math.max(1, entries.length - 1);
  return (
    <figure className={styles['chart']}>
      <h2>Days since last play</h2>
      <svg
        viewBox={`-6 0 ${WIDTH + 12} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Days since each track last played, against the ${window}-day repeat window`}
      >
        <path d={`M-6 ${HEIGHT - 4}H${WIDTH + 6}`} className={styles['ground']} />
        <path d={`M-6 ${y(window)}H${WIDTH + 6}`} className={styles['rule']} />
        {gaps.map(({ position, days }, at) =>
          days === null ? null : <path key={position} d={`M${round(at * step)} ${y(days)}h.01`} className={styles['dot']} />,
        )}
      </svg>
      <figcaption>{caption({ window, firstTimes, kept, total: entries.length })}</figcaption>
    </figure>
  );
}

function caption({ window, firstTimes, kept, total }: { window: number; firstTimes: number; kept: number; total: number }): string {
  if (firstTimes === total) return 'All tracks appear for the first time.';
  const parts = [...(firstTimes > 0 ? [`${firstTimes} for the first time`] : []), ...(kept > 0 ? [`${kept} kept from the previous list`] : [])];
  if (firstTimes + kept === total) return `${parts.join(', ')}.`;
  const others = parts.length > 0 ? ` Without a dot: ${parts.join(', ')}.` : '';
  return `One dot per track.${others} Dashed: ${window}-day repeat window.`;
}

const round = (value: number) => Math.round(value * 10) / 10;
