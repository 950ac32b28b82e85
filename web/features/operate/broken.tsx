import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Warning } from '@phosphor-icons/react/Warning';
import { Info } from '@phosphor-icons/react/Info';
import { XCircle } from '@phosphor-icons/react/XCircle';
import { useState } from 'react';
import type { OverviewView } from '#shared/contracts/views.ts';
import type { AlertLevel } from '#shared/vocabulary.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { HouseLink } from '#web/ui/house-link.tsx';
import styles from './broken.module.css';

const FIRST_SHOWN = 5;

/** What needs a person, worst first, each with what to press. Only the first critical one is the primary button. */
export function Broken({ broken }: { readonly broken: OverviewView['broken'] }) {
  const [isAll, setAll] = useState(false);
  if (broken.length === 0) {
    return (
      <p className={styles['none']}>
        <CheckCircle size={20} className="ok" aria-hidden /> Nothing is broken.
      </p>
    );
  }
  return (
    <>
      <ul className={styles['list']}>
        {(isAll ? broken : broken.slice(0, FIRST_SHOWN)).map((one, at) => (
          <li key={one.key}>
            <LevelMark level={one.level} />
            <b>{one.what}</b>
            {one.action ? (
              <HouseLink href={one.action.href} className={buttonClass(at === 0 && one.level === 'critical' ? 'primary' : 'default')}>
                {one.action.label}
              </HouseLink>
            ) : null}
            <p>{one.detail}</p>
          </li>
        ))}
      </ul>
      {!isAll && broken.length > FIRST_SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {broken.length - FIRST_SHOWN}
        </Button>
      ) : null}
    </>
  );
}

/** How bad it is, as a shape, a colour and a word. */
export function LevelMark({ level }: { readonly level: AlertLevel }) {
  if (level === 'critical') return <XCircle size={20} className="bad" role="img" aria-label="critical" />;
  if (level === 'warning') return <Warning size={20} className="warn" role="img" aria-label="warning" />;
  return <Info size={20} className="muted" role="img" aria-label="for your information" />;
}
