import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';
import { StudioNav } from './studio-nav.tsx';

interface StudioFrameProps {
  /** The heading for somebody who is not signed in. */
  readonly title: string;
  readonly returnTo: string;
  readonly children: ReactNode;
}

/** A page of the studio: its navigation, and its content for somebody who is signed in. */
export function StudioFrame({ title, returnTo, children }: StudioFrameProps) {
  const status = useQuery(trpc.auth.status.queryOptions());
  return (
    <>
      <StudioNav />
      <div className="wrap">
        {status.error && !status.data ? (
          <ErrorState isPage error={status.error} what="Can’t open the studio" onRetry={() => void status.refetch()} />
        ) : null}
        {status.data?.signedIn === false ? (
          <EmptyState
            isPage
            title={title}
            action={
              <Link to="/sign-in" search={{ returnTo }} className={buttonClass('primary')}>
                Sign in
              </Link>
            }
          >
            What you make is kept in your library. Only you see it until you share it.
          </EmptyState>
        ) : null}
        {status.data?.signedIn ? children : null}
      </div>
    </>
  );
}
