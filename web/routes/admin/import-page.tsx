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

/** Albums into the catalogue: what is asked on the left, what it gives on the right, every line with its fate below. */
export function IntakePage() {
  usePageTitle('Intake');
  const { intake } = route.useSearch();
  const navigate = route.useNavigate();
  const [receipt, setReceipt] = useState<IntakeReceiptView>();
  const summary = useQuery(trpc.intake.summary.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  const taken = (given: IntakeReceiptView) => {
    setReceipt(given);
    void navigate({ search: { intake: given.intakeId }, resetScroll: false });
  };
  return (
    <>
      <PageHead title={summary.data ? answer(summary.data) : <TitleSkeleton width="16em" />}>
        One link or ten thousand: every line is kept at once, and what cannot become an album says why.
      </PageHead>
      <div className={styles['cols']}>
        <Part title="Feed it albums">
          <IntakeForm onTaken={taken} />
          {receipt ? <ReceiptNote receipt={receipt} /> : null}
        </Part>
        <Part title="What the catalogue holds">
          {summary.data ? <CatalogueFacts summary={summary.data} /> : null}
          {summary.isPending ? <Skeleton height="250px" /> : null}
          {summary.error && !summary.data ? (
            <ErrorState error={summary.error} what="The catalogue cannot be counted." onRetry={() => void summary.refetch()} />
          ) : null}
        </Part>
      </div>
      <div className={styles['lines']}>
        <Part
          title={intake ? 'Lines of this intake' : 'Every line so far'}
          note={
            intake ? (
              <Link to="/admin/intake" search={{}} className="link" resetScroll={false}>
                Show every line
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

function answer({ counts, albums }: IntakeSummaryView): string {
  const waiting = counts.queued + counts.reading;
  if (waiting > 0) return `${plural(waiting, 'album')} ${waiting === 1 ? 'is' : 'are'} on the way in.`;
  if (albums === 0) return 'The catalogue is empty. Feed it albums.';
  if (counts.failed > 0) return `Everything came in, except ${plural(counts.failed, 'line')}.`;
  return `${count(albums)} albums are in, and nothing waits.`;
}
