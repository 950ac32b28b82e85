import type { ReactNode } from 'react';
import styles from './receipt.module.css';

/** What was read back afterwards, on paper one keeps: the torn edge is the house's only ornament. */
export function Receipt({
  title,
  name = 'Receipt',
  note,
  children,
  foot,
}: {
  readonly title: string;
  /** What tells it apart from another receipt on the page. */
  readonly name?: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}) {
  return (
    <section className={styles['receipt']} aria-label={name}>
      <header>
        <h2>{title}</h2>
        {note}
      </header>
      {children}
      {foot ? <footer>{foot}</footer> : null}
    </section>
  );
}
