import { useQuery } from '@tanstack/react-query';
import { VendorPart } from '#web/features/operations/vendors/vendor-part.tsx';
import { answerOf } from '#web/features/operations/vendors/vendor-words.ts';
import styles from '#web/features/operations/vendors/vendors.module.css';
import { lookAgainEvery } from '#web/lib/look-again.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';

/** States change with every request of a worker, but nobody needs them to the second. */
const LOOK_EVERY_MS = 15_000;

/** The vendors: which can be asked, at what pace, how much of it is used, and what they said to it. */
export function VendorsPage() {
  usePageTitle('Vendors');
  const state = useQuery(trpc.vendors.state.queryOptions(undefined, { refetchInterval: lookAgainEvery(LOOK_EVERY_MS) }));
  if (state.error && !state.data)
    return <ErrorState isPage error={state.error} what="The vendors cannot be shown." onRetry={() => void state.refetch()} />;
  return (
    <>
      <PageHead title={state.data ? answerOf(state.data) : <TitleSkeleton width="14em" />}>
        Every request waits for its turn in a budget that all processes share. A vendor that fails is left alone for a while, one that says stop is
        obeyed, and the work that waits goes on by itself.
      </PageHead>
      <p className="sr" role="status">
        {state.data ? answerOf(state.data) : ''}
      </p>
      <div className={styles['list']}>
        {state.data?.vendors.map((vendor) => (
          <VendorPart key={vendor.vendor} vendor={vendor} now={state.data.now} />
        ))}
        {state.isPending ? [1, 2, 3].map((nth) => <RowsSkeleton key={nth} rows={6} />) : null}
      </div>
    </>
  );
}
