import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import { DiscoveryNav } from './discovery-nav.tsx';

interface DiscoveryFrameProps {
  /** The heading for somebody who is not signed in. */
  readonly title: string;
  readonly children: ReactNode;
  /** Whether the page needs a person to keep things for; the operator's key alone is not one. */
  readonly needsPerson?: boolean;
}

/** A page of discovery: its navigation, and its content for somebody who is signed in. Signing in comes back to the same address. */
export function DiscoveryFrame({ title, children, needsPerson = false }: DiscoveryFrameProps) {
  const returnTo = useRouterState({ select: ({ location }) => location.href });
  const status = useQuery(trpc.auth.status.queryOptions());
  const isOpen = needsPerson ? status.data?.isPerson === true : status.data?.signedIn === true;
  return (
    <>
      <DiscoveryNav />
      {status.error && !status.data ? (
        <div className="wrap">
          <ErrorState isPage error={status.error} what="Can’t open Discover" onRetry={() => void status.refetch()} />
        </div>
      ) : null}
      {status.data && !isOpen ? (
        <div className="wrap">
          <EmptyState
            isPage
            title={title}
            action={
              <Link to="/sign-in" search={{ returnTo }} className={buttonClass('primary')}>
                Sign in
              </Link>
            }
          >
            {status.data.signedIn
              ? 'You are signed in with the operator’s key. Playlists of your own need a sign-in with Spotify.'
              : 'From a song, an artist or a sentence to a playlist, with the reason for every track.'}
          </EmptyState>
        </div>
      ) : null}
      {isOpen ? children : null}
      <Toasts />
    </>
  );
}
