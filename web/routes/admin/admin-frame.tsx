import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { PAGES } from '#web/app/shell/pages.ts';
import { LiveJobs } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import styles from './admin-frame.module.css';

const CURRENT = { 'aria-current': 'page' } as const;

/** The frame of the operator's pages: navigation, compact density, live job updates. Anyone else is asked to sign in. */
export function AdminFrame() {
  const status = useQuery(trpc.auth.status.queryOptions());
  const here = useRouterState({ select: (state) => state.location.href });
  if (status.error && !status.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={status.error} what="Can’t check who is signed in." onRetry={() => void status.refetch()} />
      </div>
    );
  }
  if (!status.data) return <FrameSkeleton />;
  if (status.data.role !== 'admin') return <OperatorsOnly returnTo={here} isSignedIn={status.data.signedIn} />;
  return (
    <div className={styles['frame']} data-density="compact">
      <nav aria-label="Operate" className={styles['pages']}>
        <div className="wrap">
          {PAGES.filter((page) => page.admin).map((page) => (
            <Link key={page.to} to={page.to} activeOptions={{ exact: page.to === '/admin', includeSearch: false }} activeProps={CURRENT}>
              {page.name}
            </Link>
          ))}
        </div>
      </nav>
      <div className="wrap">
        <LiveJobs>
          <Outlet />
        </LiveJobs>
      </div>
      <Toasts />
    </div>
  );
}

function OperatorsOnly({ returnTo, isSignedIn }: { readonly returnTo: string; readonly isSignedIn: boolean }) {
  return (
    <div className="wrap">
      <EmptyState
        isPage
        title="Operators only"
        action={
          <Link to="/sign-in" search={{ returnTo }} className={buttonClass('primary')}>
            Sign in with the admin key
          </Link>
        }
      >
        {isSignedIn ? 'You are signed in, but not as the operator.' : 'Sign in as the operator to open this page.'}
      </EmptyState>
    </div>
  );
}

function FrameSkeleton() {
  return (
    <div className={styles['frame']} data-density="compact" aria-busy>
      <div className={styles['pages']}>
        <div className="wrap">
          <Skeleton width="420px" height="20px" />
        </div>
      </div>
      <div className="wrap">
        <h1 className={styles['heading']}>
          <TitleSkeleton width="14em" />
        </h1>
      </div>
    </div>
  );
}
