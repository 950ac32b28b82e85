import { useQuery } from '@tanstack/react-query';
import { VendorSection } from '#web/features/operations/vendors/vendor-section.tsx';
import { vendorsHeadline } from '#web/features/operations/vendors/vendor-words.ts';
import styles from '#web/features/operations/vendors/vendors.module.css';
import { refetchUnlessFailed } from '#web/lib/refetch-interval.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';

/** Refetch interval. Vendor states change with every request, but seconds do not matter here. */
const REFETCH_MS = 15_000;

/** The external services: their availability, request budgets, use and rate limits. */
export function VendorsPage() {
  usePageTitle('Vendors');
  const state = useQuery(trpc.operations.vendors.state.queryOptions(undefined, { refetchInterval: refetchUnlessFailed(REFETCH_MS) }));
  if (state.error && !state.data)
    return <ErrorState isPage error={state.error} what="Can’t load the vendors." onRetry={() => void state.refetch()} />;
  return (
    <>
      <PageHead title={state.data ? vendorsHeadline(state.data) : <TitleSkeleton width="14em" />}>
        All processes share one request budget per service. When a service fails or rate limits Segue, requests to it pause, and the waiting work
        resumes automatically.
      </PageHead>
      <p className="sr" role="status">
        {state.data ? vendorsHeadline(state.data) : ''}
      </p>
      <div className={styles['list']}>
        {state.data?.vendors.map((vendor) => (
          <VendorSection key={vendor.vendor} vendor={vendor} now={state.data.now} />
        ))}
        {state.isPending ? [1, 2, 3].map((nth) => <RowsSkeleton key={nth} rows={6} />) : null}
      </div>
    </>
  );
}
