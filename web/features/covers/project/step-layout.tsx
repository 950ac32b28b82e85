import type { ReactNode } from 'react';
import { useWide } from '#web/lib/use-wide.ts';
import styles from './step-layout.module.css';

/** One step: its form beside its pictures, and below them a bar with what it costs and where it goes on. */
export function StepLayout({ form, children, bar }: { readonly form: ReactNode; readonly children: ReactNode; readonly bar?: ReactNode }) {
  return (
    <div className={styles['step']}>
      <div className={styles['form']}>{form}</div>
      <div className={styles['results']}>
        {children}
        {bar}
      </div>
    </div>
  );
}

/** The bar at the foot of a step: a short statement at the left, buttons at the right, the primary one last. */
export function StepBar({ says, children }: { readonly says: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles['bar']}>
      <div className={styles['says']}>{says}</div>
      <div className={styles['buttons']}>{children}</div>
    </div>
  );
}

/** A part of a step's form or results: a heading above a hairline. */
export function StepPart({ title, note, children }: { readonly title: string; readonly note?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={styles['part']}>
      <header>
        <h2>{title}</h2>
        {note ? <div className={styles['note']}>{note}</div> : null}
      </header>
      {children}
    </section>
  );
}

/** A part of the form that can wait: open beside the results, folded above them in one column, so that pictures come first. */
export function FoldedPart({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const isWide = useWide();
  if (isWide) return children;
  return (
    <details className={styles['folded']}>
      <summary>{title}</summary>
      <div className={styles['form']}>{children}</div>
    </details>
  );
}
