import type { ReactNode } from 'react';
import styles from './receipt.module.css';

/** A receipt: what was read back from Spotify after writing. The torn edge is the only ornament in the interface. */
export function Receipt({
  title,
  name = 'Receipt',
  note,
  children,
  foot,
}: {
  readonly title: string;
  /** Accessible name that distinguishes it from other receipts on the page. */
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
