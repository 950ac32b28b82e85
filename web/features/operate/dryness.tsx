import type { OverviewView } from '#shared/contracts/views.ts';
import { Progress } from '#web/ui/progress.tsx';
import styles from './dryness.module.css';

const TONES = { ok: '', soon: 'warn', dry: 'bad' } as const;

/** Stocks that run out, soonest first; the bar is what is left. */
export function Dryness({ dry }: { readonly dry: OverviewView['dry'] }) {
  if (dry.length === 0) return <p className={styles['none']}>Nothing is running out.</p>;
  return (
    <ul className={styles['list']}>
      {dry.map((one) => (
        <li key={one.what}>
          <span>{one.what}</span>
          <b className={TONES[one.level]}>{one.when}</b>
          <Progress
            value={Math.round(one.left * 100)}
            max={100}
            name={`${one.what}: what is left`}
            {...(one.level === 'soon' ? { tone: 'soon' as const } : {})}
          />
          <span className="muted">{one.detail}</span>
        </li>
      ))}
    </ul>
  );
}
