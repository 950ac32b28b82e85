import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { IntakeReceiptView, IntakeSummaryView } from '#shared/contracts/views.ts';
import { CatalogueFacts } from '#web/features/intake/catalogue-facts.tsx';
import { IntakeForm } from '#web/features/intake/intake-form.tsx';
import { IntakeLines } from '#web/features/intake/intake-lines.tsx';
import { ReceiptNote } from '#web/features/intake/receipt-note.tsx';
import { useLiveInterval } from '#web/features/jobs/live-jobs.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { PageHead, Part } from '#web/ui/page-head.tsx';
import { ErrorState, Skeleton, TitleSkeleton } from '#web/ui/states.tsx';
import styles from './intake-page.module.css';

const route = getRouteApi('/admin/intake');

/** Imports albums into the catalog: the form on the left, catalog totals on the right, and every link with its status below. */
export function IntakePage() {
  usePageTitle('Import');
  const { intake } = route.useSearch();
  const navigate = route.useNavigate();
  const [receipt, setReceipt] = useState<IntakeReceiptView>();
  const summary = useQuery(trpc.intake.summary.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  const showImport = (submitted: IntakeReceiptView) => {
    setReceipt(submitted);
    void navigate({ search: { intake: submitted.intakeId }, resetScroll: false });
  };
  return (
    <>
      <PageHead title={summary.data ? headline(summary.data) : <TitleSkeleton width="16em" />}>
        Paste one link or ten thousand. Segue saves every link at once and shows why a link fails.
      </PageHead>
      <div className={styles['cols']}>
        <Part title="Import albums">
          <IntakeForm onTaken={showImport} />
          {receipt ? <ReceiptNote receipt={receipt} /> : null}
        </Part>
        <Part title="Catalog">
          {summary.data ? <CatalogueFacts summary={summary.data} /> : null}
          {summary.isPending ? <Skeleton height="250px" /> : null}
          {summary.error && !summary.data ? (
            <ErrorState error={summary.error} what="Can’t load the catalog totals." onRetry={() => void summary.refetch()} />
          ) : null}
        </Part>
      </div>
      <div className={styles['lines']}>
        <Part
          title={intake ? 'Links in this import' : 'All links'}
          note={
            intake ? (
              <Link to="/admin/intake" search={{}} className="link" resetScroll={false}>
                Show all links
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

/** The page's headline: the queue while links wait, else the totals of all imports so far. */
function headline({ counts, albums }: IntakeSummaryView): string {
  const waiting = counts.queued + counts.reading;
  if (waiting > 0) return `Importing ${plural(waiting, 'album')}.`;
  if (albums === 0) return 'The catalog is empty. Import albums to begin.';
  if (counts.failed > 0)
    return `${plural(albums, 'album')} imported, ${plural(counts.failed, 'link')} failed, ${count(counts.duplicate)} already there.`;
  return `${plural(albums, 'album')} imported. The queue is empty.`;
}
