import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SharedWall } from '#web/features/studio/sharing/shared-wall.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';

const route = getRouteApi('/makers/$maker');

/** What a person shows to everybody. */
export function MakerPage() {
  const { maker } = route.useParams();
  const shown = useQuery(trpc.generation.assets.sharing.maker.queryOptions({ maker }));
  usePageTitle(shown.data?.name ?? 'Pictures');
  if (shown.error && !shown.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={shown.error} what="Can’t show this page" onRetry={() => void shown.refetch()} />
      </div>
    );
  }
  return (
    <div className="wrap" aria-busy={!shown.data}>
      {shown.data ? (
        <>
          <PageHead title={shown.data.name}>{plural(shown.data.assets.length, 'public file')}</PageHead>
          {shown.data.collections.length > 0 ? (
            <PageSection title="Collections">
              <ul>
                {shown.data.collections.map(({ name, url, count }) => (
                  <li key={url}>
                    <AppLink href={url} className="link">
                      {name}
                    </AppLink>{' '}
                    <span className="muted">{plural(count, 'file')}</span>
                  </li>
                ))}
              </ul>
            </PageSection>
          ) : null}
          <SharedWall assets={shown.data.assets} />
        </>
      ) : (
        <Skeleton width="100%" height="320px" />
      )}
    </div>
  );
}
