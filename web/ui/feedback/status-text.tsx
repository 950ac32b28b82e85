import { CheckCircle } from '@phosphor-icons/react/CheckCircle';
import { Circle } from '@phosphor-icons/react/Circle';
import { CircleDashed } from '@phosphor-icons/react/CircleDashed';
import { Warning } from '@phosphor-icons/react/Warning';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { ReactNode } from 'react';
import styles from './status-text.module.css';

export type Tone = 'good' | 'soon' | 'bad' | 'live' | 'quiet';

const ICONS = { good: CheckCircle, soon: Warning, bad: XCircle, live: Circle, quiet: CircleDashed } as const;

/** A status as icon and text; the color only repeats them. */
export function StatusText({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const Icon = ICONS[tone];
  return (
    <span className={`${styles['state']} ${styles[tone]}`}>
      <Icon size={16} aria-hidden />
      <span>{children}</span>
    </span>
  );
}
