import type { ReactNode } from 'react';
import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import { describeProblem } from '#web/lib/problem.ts';
import { Button } from '../controls/button.tsx';
import styles from './states.module.css';

/** Nothing here yet: one sentence, one line of help, one thing to press. */
export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** True where it is all that the page says: then its sentence is the page's heading. */
  readonly isPage?: boolean;
}) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={styles['empty']}>
      <Heading>{title}</Heading>
      {children ? <p>{children}</p> : null}
      {action ? <div className={styles['action']}>{action}</div> : null}
    </div>
  );
}

/** What happened, to what, what now, and a reference for whoever looks into it. Stays where the failure happened. */
export function ErrorState({
  error,
  what,
  onRetry,
  isPage = false,
}: {
  readonly isPage?: boolean;
  readonly error: unknown;
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
}) {
  const problem = describeProblem(error);
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={styles['error']} role="alert">
      <Heading>{what}</Heading>
      <p>{problem.message}</p>
      {problem.remedy ? <p>{problem.remedy}</p> : null}
      {problem.reference ? <p className={styles['reference']}>{problem.reference}</p> : null}
      {onRetry ? (
        <div className={styles['action']}>
          <Button icon={<ArrowClockwise size={16} aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** A refusal inside a form or beside a button, in one line. */
export function Refusal({ error }: { readonly error: unknown }) {
  const problem = describeProblem(error);
  return (
    <p className={styles['refusal']} role="alert">
      <b>{problem.message}</b> {problem.remedy}
    </p>
  );
}

/** A place held at its final size while the answer is on its way. Silent for screen readers: the region says that it is busy. */
export function Skeleton({ width = '100%', height = '1em' }: { readonly width?: string; readonly height?: string }) {
  return <span className={styles['skeleton']} style={{ width, height }} data-skeleton aria-hidden />;
}

/** The place of a page's answer while it is on its way: a heading that says so to whoever cannot see the grey. */
export function TitleSkeleton({ width = '14em' }: { readonly width?: string }) {
  return (
    <>
      <span className="sr">On its way</span>
      <Skeleton width={width} />
    </>
  );
}

/** Rows of a table or a list before they are known: a line of ink above, hairlines between, each as tall as a row will be. */
export function RowsSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className={styles['rows']} aria-hidden data-skeleton>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at}>
          <Skeleton width={`${RAGGED[at % RAGGED.length]}%`} height="12px" />
          <Skeleton width="18%" height="12px" />
        </div>
      ))}
    </div>
  );
}

/** Widths of words, which are never all the same. */
const RAGGED = [34, 22, 41, 28, 37, 19];
