import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { PathScreen } from '#web/features/discovery/path/path-screen.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

const route = getRouteApi('/discover/path');

/** A path between two songs. */
export function PathPage() {
  usePageTitle('Path');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/discover/path' });
  return (
    <DiscoveryFrame title="Sign in to find a path">
      <PathScreen search={search} onSearch={(next) => void navigate({ search: next, resetScroll: false })} />
    </DiscoveryFrame>
  );
}
