import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportReceiptView, ImportSummaryView } from '#shared/contracts/catalog/import-views.ts';
import { CatalogTotals } from '#web/features/catalog/catalog-totals.tsx';
import { ImportForm } from '#web/features/catalog/import-form.tsx';
import { ImportLines } from '#web/features/catalog/import-lines.tsx';
import { RecordingMerges } from '#web/features/catalog/recording-merges.tsx';
import { ImportResult } from '#web/features/catalog/import-result.tsx';
import { SubmissionQueue } from '#web/features/catalog/submissions/submission-queue.tsx';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './import-page.module.css';

const route = getRouteApi('/admin/intake');

/** Imports albums into the catalog: the form on the left, catalog totals on the right, every line with its status below. */
export function ImportPage() {
  usePageTitle('Import');
  const { intake } = route.useSearch();
  const navigate = route.useNavigate();
  const [receipt, setReceipt] = useState<ImportReceiptView>();
  const summary = useQuery(trpc.catalog.importSummary.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  const submitted = (next: ImportReceiptView) => {
    setReceipt(next);
    void navigate({ search: { intake: next.intakeId }, resetScroll: false });
  };
  return (
    <>
      <PageHead title={summary.data ? summarize(summary.data) : <TitleSkeleton width="16em" />}>
        Paste one link or ten thousand. Every line is saved at once; links that can’t be imported say why.
      </PageHead>
      <div className={styles['cols']}>
        <PageSection title="Import albums">
          <ImportForm onSubmitted={submitted} />
          {receipt ? <ImportResult receipt={receipt} /> : null}
        </PageSection>
        <PageSection title="Catalog">
          {summary.data ? <CatalogTotals summary={summary.data} /> : null}
          {summary.isPending ? <Skeleton height="250px" /> : null}
          {summary.error && !summary.data ? (
            <ErrorState error={summary.error} what="Can’t load the catalog totals" onRetry={() => void summary.refetch()} />
          ) : null}
        </PageSection>
      </div>
      {intake ? null : (
        <div className={styles['lines']}>
          <SubmissionQueue />
        </div>
      )}
      <div className={styles['lines']}>
        <PageSection
          title={intake ? 'This import' : 'All imports'}
          note={
            intake ? (
              <Link to="/admin/intake" search={{}} className="link" resetScroll={false}>
                Show all imports
              </Link>
            ) : undefined
          }
        >
          <ImportLines counts={intake ? undefined : summary.data?.counts} />
        </PageSection>
        {intake ? null : <RecordingMerges />}
      </div>
    </>
  );
}

function summarize({ counts, albums }: ImportSummaryView): string {
  const remaining = counts.queued + counts.reading;
  if (remaining > 0) return `${plural(remaining, 'album')} left to import.`;
  if (albums === 0) return 'The catalog is empty.';
  if (counts.failed > 0) {
    const duplicates = counts.duplicate > 0 ? `, ${count(counts.duplicate)} already there` : '';
    return `${plural(counts.ingested, 'album')} imported, ${plural(counts.failed, 'link')} failed${duplicates}.`;
  }
  return `${plural(albums, 'album')} imported. The queue is empty.`;
}
