import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { IntakeReceiptView, IntakeSummaryView } from '#shared/contracts/views.ts';
import { CatalogueFacts } from '#web/features/catalog/catalog-facts.tsx';
import { IntakeForm } from '#web/features/catalog/import-form.tsx';
import { IntakeLines } from '#web/features/catalog/import-lines.tsx';
import { ReceiptNote } from '#web/features/catalog/receipt-note.tsx';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { PageHead, Part } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Skeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './import-page.module.css';

const route = getRouteApi('/admin/intake');

/** Imports albums into the catalog: the form on the left, catalog totals on the right, every line with its status below. */
export function IntakePage() {
  usePageTitle('Import');
  const { intake } = route.useSearch();
  const navigate = route.useNavigate();
  const [receipt, setReceipt] = useState<IntakeReceiptView>();
  const summary = useQuery(trpc.intake.summary.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  const submitted = (next: IntakeReceiptView) => {
    setReceipt(next);
    void navigate({ search: { intake: next.intakeId }, resetScroll: false });
  };
  return (
    <>
      <PageHead title={summary.data ? summarize(summary.data) : <TitleSkeleton width="16em" />}>
        Paste one link or ten thousand. Every line is saved at once; links that can’t be imported say why.
      </PageHead>
      <div className={styles['cols']}>
        <Part title="Import albums">
          <IntakeForm onSubmitted={submitted} />
          {receipt ? <ReceiptNote receipt={receipt} /> : null}
        </Part>
        <Part title="Catalog">
          {summary.data ? <CatalogueFacts summary={summary.data} /> : null}
          {summary.isPending ? <Skeleton height="250px" /> : null}
          {summary.error && !summary.data ? (
            <ErrorState error={summary.error} what="Can’t load the catalog totals" onRetry={() => void summary.refetch()} />
          ) : null}
        </Part>
      </div>
      <div className={styles['lines']}>
        <Part
          title={intake ? 'This import' : 'All imports'}
          note={
            intake ? (
              <Link to="/admin/intake" search={{}} className="link" resetScroll={false}>
                Show all imports
              </Link>
            ) : undefined
          }
        >
          <IntakeLines counts={intake ? undefined : summary.data?.counts} />
        </Part>
      </div>
    </>
  );
}

function summarize({ counts, albums }: IntakeSummaryView): string {
  const remaining = counts.queued + counts.reading;
  if (remaining > 0) return `${plural(remaining, 'album')} left to import.`;
  if (albums === 0) return 'The catalog is empty.';
  if (counts.failed > 0) {
    const duplicates = counts.duplicate > 0 ? `, ${count(counts.duplicate)} already there` : '';
    return `${plural(counts.ingested, 'album')} imported, ${plural(counts.failed, 'link')} failed${duplicates}.`;
  }
  return `${plural(albums, 'album')} imported. The queue is empty.`;
}
