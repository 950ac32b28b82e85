import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { readLibraryFilter } from '#web/features/studio/library/library-filter.ts';
import { LibraryScreen } from '#web/features/studio/library/library-screen.tsx';
import { StudioFrame } from '#web/features/studio/studio-frame.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

const route = getRouteApi('/library');

/** Everything that a person made or uploaded. Only they see it. */
export function LibraryPage() {
  usePageTitle('Library');
  const filter = route.useSearch();
  const navigate = useNavigate({ from: '/library' });
  return (
    <StudioFrame title="Sign in to see your library" returnTo="/library">
      <LibraryScreen
        filter={filter}
        onFilter={(change, isReplacing) =>
          void navigate({ search: readLibraryFilter({ ...filter, ...change }), replace: isReplacing, resetScroll: false })
        }
      />
    </StudioFrame>
  );
}
