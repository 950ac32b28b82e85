import { getRouteApi } from '@tanstack/react-router';
import { usePageTitle } from '#web/lib/page-title.ts';
import { NetworkWall } from './network-page.tsx';

const route = getRouteApi('/');

/** The front page: the network's playlists. */
export function FrontPage() {
  usePageTitle(undefined);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return <NetworkWall search={search} onSearch={(next) => void navigate({ search: next, resetScroll: false })} />;
}
