import type { ReactNode } from 'react';
import styles from './page-head.module.css';

/** The head of a page: its summary sentence as the title, and the page's actions beside it. */
export function PageHead({ title, children, actions }: { readonly title: ReactNode; readonly children?: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className={styles['head']}>
      <div>
        <h1>{title}</h1>
        {children ? <p>{children}</p> : null}
      </div>
      {actions ? <div className={styles['actions']}>{actions}</div> : null}
    </div>
  );
}

/** A section of a page: a title above a rule, with an optional note at the right end. */
export function PageSection({
  title,
  note,
  children,
  id,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}) {
  return (
    <section className={styles['part']} id={id}>
      <header>
        <h2>{title}</h2>
        {note ? <div className={styles['note']}>{note}</div> : null}
      </header>
      {children}
    </section>
  );
}
