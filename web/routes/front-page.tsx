import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { NetworkWall } from './network-page.tsx';

const route = getRouteApi('/');
/** Strangers never load it. */
const Home = lazy(() => import('./home-page.tsx').then((part) => ({ default: part.HomePage })));

/** The front page: a person's home, or the network's playlists for everybody else. */
export function FrontPage() {
  usePageTitle(undefined);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const status = useQuery(trpc.auth.status.queryOptions());
  if (status.data?.isPerson) {
    return (
      <Suspense>
        <Home name={status.data.displayName ?? ''} />
      </Suspense>
    );
  }
  return <NetworkWall search={search} onSearch={(next) => void navigate({ search: next, resetScroll: false })} />;
}
