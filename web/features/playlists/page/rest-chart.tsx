import type { EntryView } from '#shared/contracts/views.ts';
import { daysBetween } from '#web/lib/dates.ts';
import styles from './charts.module.css';

const WIDTH = 600;
const HEIGHT = 96;
const PAD = 8;

/**
 * Days since each track was last heard in its rest scope, against the rule. A first time has no dot: there is nothing to count. Nor has a track that
 * stays from the list before: staying is not returning.
 */
export function RestChart({ entries, day }: { readonly entries: readonly EntryView[]; readonly day: string }) {
  const stays = entries.filter(({ reasons }) => isStay(reasons)).length;
  const rests = entries.map(({ position, reasons }) => ({
    position,
    days: reasons.lastUsedOn === null || isStay(reasons) ? null : daysBetween(reasons.lastUsedOn, day),
  }));
  const rule = entries[0]?.reasons.restDays ?? 0;
  const firsts = rests.filter((rest) => rest.days === null).length - stays;
  const most = Math.max(rule * 2, ...rests.map((rest) => rest.days ?? 0));
  const y = (days: number) => round(HEIGHT - PAD - (days / most) * (HEIGHT - 2 * PAD));
  const step = WIDTH / Math.max(1, entries.length - 1);
  return (
    <figure className={styles['chart']}>
      <h2>How long each track rested</h2>
      <svg viewBox={`-6 0 ${WIDTH + 12} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`Every track rested at least ${rule} days`}>
        <path d={`M-6 ${HEIGHT - 4}H${WIDTH + 6}`} className={styles['ground']} />
        <path d={`M-6 ${y(rule)}H${WIDTH + 6}`} className={styles['rule']} />
        {rests.map(({ position, days }, at) =>
          days === null ? null : <path key={position} d={`M${round(at * step)} ${y(days)}h.01`} className={styles['dot']} />,
        )}
      </svg>
      <figcaption>{caption({ rule, firsts, stays, all: entries.length })}</figcaption>
    </figure>
  );
}

/** In the list since an earlier day, or pinned to it. */
function isStay({ staysSince, pinnedBy }: EntryView['reasons']): boolean {
  return staysSince !== undefined || pinnedBy !== undefined;
}

function caption({ rule, firsts, stays, all }: { rule: number; firsts: number; stays: number; all: number }): string {
  if (firsts === all) return 'All of them are here for the first time.';
  const parts = [...(firsts > 0 ? [`${firsts} for the first time`] : []), ...(stays > 0 ? [`${stays} stay from the list before`] : [])];
  if (firsts + stays === all) return `${parts.join(', ')}.`;
  return `Days since last heard${parts.map((part) => `; ${part}`).join('')}. Dashed: the ${rule}-day rule.`;
}

const round = (value: number) => Math.round(value * 10) / 10;
