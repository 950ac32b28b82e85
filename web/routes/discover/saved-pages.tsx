import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { SavedList } from '#web/features/discovery/saved/saved-list.tsx';
import { SavedScreen } from '#web/features/discovery/saved/saved-screen.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

const route = getRouteApi('/discover/saved/$savedId');

/** All playlists that a person saved. */
export function SavedPlaylistsPage() {
  usePageTitle('Saved');
  return (
    <DiscoveryFrame title="Sign in to see your playlists" needsPerson>
      <div className="wrap">
        <SavedList />
      </div>
    </DiscoveryFrame>
  );
}

/** One saved playlist. */
export function SavedPlaylistPage() {
  usePageTitle('Saved playlist');
  const { savedId } = route.useParams();
  const { version, export: isExporting = false } = route.useSearch();
  const navigate = useNavigate({ from: '/discover/saved/$savedId' });
  return (
    <DiscoveryFrame title="Sign in to see this playlist" needsPerson>
      <div className="wrap">
        <SavedScreen
          key={savedId}
          savedId={savedId as SavedPlaylistId}
          version={version}
          isExporting={isExporting}
          onView={(search) => void navigate({ search, resetScroll: false })}
        />
      </div>
    </DiscoveryFrame>
  );
}
