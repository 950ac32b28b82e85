import type { ReactNode } from 'react';
import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import { describeProblem } from '#web/lib/problem.ts';
import { Button } from '../controls/button.tsx';
import styles from './states.module.css';

/** An empty state: a title, one line of help, one action. */
export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** True when it is the page's only content: its title is then the page's heading. */
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

/** An error in place of the content that failed: what happened, to what, what to do now, and a reference for debugging. */
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

/** A one-line error inside a form or beside a button. */
export function InlineError({ error }: { readonly error: unknown }) {
  const problem = describeProblem(error);
  return (
    <p className={styles['refusal']} role="alert">
      <b>{problem.message}</b> {problem.remedy}
    </p>
  );
}

/** A placeholder at its final size while data loads. Hidden from screen readers; the region has `aria-busy`. */
export function Skeleton({ width = '100%', height = '1em' }: { readonly width?: string; readonly height?: string }) {
  return <span className={styles['skeleton']} style={{ width, height }} data-skeleton aria-hidden />;
}

/** Placeholder of a page's title while it loads; the heading says "Loading" to screen readers. */
export function TitleSkeleton({ width = '14em' }: { readonly width?: string }) {
  return (
    <>
      <span className="sr">Loading</span>
      <Skeleton width={width} />
    </>
  );
}

/** Placeholder rows of a table or list: a rule above, hairlines between, each at its final height. */
export function RowsSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className={styles['rows']} aria-hidden data-skeleton>
      {Array.from({ length: rows }, (_, at) => (
        <div key={at}>
          <Skeleton width={`${WIDTHS_PERCENT[at % WIDTHS_PERCENT.length]}%`} height="12px" />
          <Skeleton width="18%" height="12px" />
        </div>
      ))}
    </div>
  );
}

/** Varying bar widths in percent, to look like text. */
const WIDTHS_PERCENT = [34, 22, 41, 28, 37, 19];
