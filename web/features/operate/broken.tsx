import { Link } from '@tanstack/react-router';
import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Warning } from '@phosphor-icons/react/Warning';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { OverviewView } from '#shared/contracts/views.ts';
import { buttonClass } from '#web/ui/button.tsx';
import styles from './broken.module.css';

/** What needs a person, worst first, each with what to press. Only the first critical one is the primary button. */
export function Broken({ broken }: { readonly broken: OverviewView['broken'] }) {
  if (broken.length === 0) {
    return (
      <p className={styles['none']}>
        <CheckCircle size={20} className="ok" aria-hidden /> Nothing is broken.
      </p>
    );
  }
  return (
    <ul className={styles['list']}>
      {broken.map((one, at) => (
        <li key={`${one.what}${at}`}>
          {one.level === 'critical' ? (
            <XCircle size={20} className="bad" role="img" aria-label="critical" />
          ) : (
            <Warning size={20} className="warn" role="img" aria-label="warning" />
          )}
          <b>{one.what}</b>
          {one.action ? (
            <Link to={one.action.href} className={buttonClass(at === 0 && one.level === 'critical' ? 'primary' : 'default')}>
              {one.action.label}
            </Link>
          ) : null}
          <p>{one.detail}</p>
        </li>
      ))}
    </ul>
  );
}
