import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { ROOMS } from '#web/app/shell/rooms.ts';
import { LiveJobs } from '#web/ui/jobs/live-jobs.tsx';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import styles from './admin-frame.module.css';

const CURRENT = { 'aria-current': 'page' } as const;

/** The operator's side of the house: its rooms, in compact density, for those who may. */
export function AdminFrame() {
  const status = useQuery(trpc.auth.status.queryOptions());
  const here = useRouterState({ select: (state) => state.location.href });
  if (status.error && !status.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={status.error} what="It is not known who you are." onRetry={() => void status.refetch()} />
      </div>
    );
  }
  if (!status.data) return <FrameSkeleton />;
  if (status.data.role !== 'admin') return <Refused returnTo={here} isSignedIn={status.data.signedIn} />;
  return (
    <div className={styles['frame']} data-density="compact">
      <nav aria-label="Operate" className={styles['rooms']}>
        <div className="wrap">
          {ROOMS.filter((room) => room.admin).map((room) => (
            <Link key={room.to} to={room.to} activeOptions={{ exact: room.to === '/admin', includeSearch: false }} activeProps={CURRENT}>
              {room.name}
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

function Refused({ returnTo, isSignedIn }: { readonly returnTo: string; readonly isSignedIn: boolean }) {
  return (
    <div className="wrap">
      <EmptyState
        isPage
        title="These rooms are for the operator."
        action={
          <Link to="/sign-in" search={{ returnTo }} className={buttonClass('primary')}>
            Sign in with the admin key
          </Link>
        }
      >
        {isSignedIn ? 'You are signed in, but not as the operator of this house.' : 'Sign in, and you come back to exactly this page.'}
      </EmptyState>
    </div>
  );
}

function FrameSkeleton() {
  return (
    <div className={styles['frame']} data-density="compact" aria-busy>
      <div className={styles['rooms']}>
        <div className="wrap">
          <Skeleton width="420px" height="20px" />
        </div>
      </div>
      <div className="wrap">
        <h1 className={styles['held']}>
          <TitleSkeleton width="14em" />
        </h1>
      </div>
    </div>
  );
}
