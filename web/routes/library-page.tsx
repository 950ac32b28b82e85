import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { readLibraryFilter } from '#web/features/studio/library/library-filter.ts';
import { LibraryScreen } from '#web/features/studio/library/library-screen.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState, ErrorState } from '#web/ui/feedback/states.tsx';

const route = getRouteApi('/library');

/** Everything that a person made or uploaded. Only they see it. */
export function LibraryPage() {
  usePageTitle('Library');
  const filter = route.useSearch();
  const navigate = useNavigate({ from: '/library' });
  const status = useQuery(trpc.auth.status.queryOptions());
  if (status.error && !status.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={status.error} what="Can’t open the library" onRetry={() => void status.refetch()} />
      </div>
    );
  }
  return (
    <div className="wrap">
      {status.data?.signedIn === false ? (
        <EmptyState
          isPage
          title="Sign in to see your library"
          action={
            <Link to="/sign-in" search={{ returnTo: '/library' }} className={buttonClass('primary')}>
              Sign in
            </Link>
          }
        >
          It keeps the pictures and videos that you make or upload.
        </EmptyState>
      ) : null}
      {status.data?.signedIn ? (
        <LibraryScreen
          filter={filter}
          onFilter={(change, isReplacing) =>
            void navigate({ search: readLibraryFilter({ ...filter, ...change }), replace: isReplacing, resetScroll: false })
          }
        />
      ) : null}
    </div>
  );
}
