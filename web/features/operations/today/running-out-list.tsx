import { useState } from 'react';
import type { OverviewView } from '#shared/contracts/operations/overview.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import styles from './running-out-list.module.css';

const FIRST_SHOWN = 8;

const TONES = { ok: '', soon: 'warn', dry: 'bad' } as const;

/** Policy pools and authorizations that run out, soonest first. The bar shows the share that is left. */
export function RunningOutList({ dry }: { readonly dry: OverviewView['runningOut'] }) {
  const [isAll, setAll] = useState(false);
  if (dry.length === 0) return <p className={styles['none']}>Nothing is running out.</p>;
  const rest = dry.length - FIRST_SHOWN;
  return (
    <>
      <ul className={styles['list']}>
        {(isAll ? dry : dry.slice(0, FIRST_SHOWN)).map((one) => (
          <li key={one.what}>
            <span>{one.what}</span>
            <b className={TONES[one.level]}>{one.when}</b>
            <ProgressBar
              value={Math.round(one.left * 100)}
              max={100}
              name={`${one.what}: remaining`}
              {...(one.level === 'soon' ? { tone: 'soon' as const } : {})}
            />
            <span className="muted">{one.detail}</span>
          </li>
        ))}
      </ul>
      {!isAll && rest > 0 ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(rest)}
        </Button>
      ) : null}
    </>
  );
}
