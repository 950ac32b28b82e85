import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { SharedWall } from '#web/features/studio/sharing/shared-wall.tsx';
import { dayAndTime } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, Skeleton } from '#web/ui/feedback/states.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';

const route = getRouteApi('/shared/$token');
/** The addresses of the files end after an hour or two; a page that stays open gets new ones before. */
const FRESH_MS = 30 * 60_000;

/** What somebody shared, for everybody who has the address. */
export function SharedPage() {
  const { token } = route.useParams();
  const shared = useQuery({ ...trpc.generation.assets.sharing.open.queryOptions({ token }), refetchInterval: FRESH_MS });
  const title = shared.data?.name ?? (shared.data?.assets[0]?.mediaType.startsWith('video/') ? 'A shared video' : 'A shared picture');
  usePageTitle(shared.data ? title : 'Shared');
  if (shared.error && !shared.data) {
    return (
      <div className="wrap">
        <ErrorState isPage error={shared.error} what="Can’t show what was shared" onRetry={() => void shared.refetch()} />
      </div>
    );
  }
  if (!shared.data) {
    return (
      <div className="wrap" aria-busy>
        <h1 className="sr">Loading</h1>
        <Skeleton width="min(100%, 960px)" height="480px" />
      </div>
    );
  }
  const { kind, assets, endsAt } = shared.data;
  return (
    <div className="wrap">
      <PageHead title={title}>
        {[
          kind === 'collection' && plural(assets.length, 'file'),
          endsAt && `This link ends ${dayAndTime(endsAt, shared.data.expiresAt.slice(0, 10))}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </PageHead>
      <SharedWall assets={assets} />
    </div>
  );
}
