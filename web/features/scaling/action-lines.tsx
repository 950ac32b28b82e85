import { useState } from 'react';
import type { ScalingAction } from '#shared/contracts/scaling.ts';
import { count, ordinal } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import styles from './action-lines.module.css';

const FIRST_SHOWN = 12;

const SIGNS: Readonly<Record<ScalingAction['kind'], { readonly sign: string; readonly name: string; readonly tone: 'add' | 'remove' }>> = {
  add_playlist: { sign: '+', name: 'new list', tone: 'add' },
  retire_playlist: { sign: '−', name: 'retire list', tone: 'remove' },
  place_replica: { sign: '→', name: 'place on', tone: 'add' },
  retire_replica: { sign: '←', name: 'leave', tone: 'remove' },
};

/** What a scaling plan would do, line by line, each with its reason. */
export function ActionLines({ actions }: { readonly actions: readonly ScalingAction[] }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? actions : actions.slice(0, FIRST_SHOWN);
  return (
    <>
      <ol className={styles['lines']}>
        {shown.map((action, at) => {
          const { sign, name, tone } = SIGNS[action.kind];
          return (
            <li key={`${action.kind}${at}`} data-kind={tone}>
              <span className={styles['sign']} aria-hidden>
                {sign}
              </span>
              <span className={styles['what']}>
                <span className={styles['name']}>{name}</span> <b>{subjectOf(action)}</b>
              </span>
              <span className={styles['why']}>{action.why}</span>
            </li>
          );
        })}
      </ol>
      {shown.length < actions.length ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(actions.length - shown.length)}
        </Button>
      ) : null}
    </>
  );
}

function subjectOf(action: ScalingAction): string {
  if (action.kind === 'add_playlist') return `${action.themeTag}, by “${action.policyName}”`;
  if (action.kind === 'retire_playlist') return `#${ordinal(action.index)} ${action.themeTag}`;
  return `${action.account}: #${ordinal(action.index)}`;
}
