import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { MakerView } from '#shared/contracts/studio/library/sharing.ts';
import { CollectionWall } from '#web/features/studio/sharing/collection-wall.tsx';
import { SharedWall } from '#web/features/studio/sharing/shared-wall.tsx';
import styles from '#web/features/studio/sharing/collection-wall.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { joinNames, plural } from '#web/lib/words.ts';
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
        <div className={styles['parts']}>
          <PageHead title={`${shown.data.name} shows ${shownWords(shown.data)}.`} />
          {shown.data.collections.length > 0 ? (
            <PageSection title="Collections">
              <CollectionWall collections={shown.data.collections} />
            </PageSection>
          ) : null}
          {shown.data.assets.length > 0 ? (
            <PageSection title="Pictures and videos">
              <SharedWall assets={shown.data.assets} />
            </PageSection>
          ) : null}
        </div>
      ) : (
        <Skeleton width="100%" height="320px" />
      )}
    </div>
  );
}

function shownWords({ assets, collections }: MakerView): string {
  const parts = [assets.length > 0 && plural(assets.length, 'file'), collections.length > 0 && plural(collections.length, 'collection')];
  return joinNames(parts.filter((part) => part !== false));
}
