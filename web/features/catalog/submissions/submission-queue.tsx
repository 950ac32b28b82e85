import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OperatorSubmissionView } from '#shared/contracts/catalog/submissions.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { ErrorState, InlineError, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { SubmissionRules } from './submission-rules.tsx';
import { submissionName } from './submission-words.ts';
import styles from './submissions.module.css';

const SHOWN = 50;

/** For the operator: albums that listeners submitted and that wait for a decision, and the rules of submitting. */
export function SubmissionQueue() {
  const waiting = useQuery(trpc.catalog.submissions.list.queryOptions({ status: 'waiting', limit: SHOWN }));
  const items = waiting.data?.items ?? [];
  const hidden = (waiting.data?.total ?? 0) - items.length;
  return (
    <PageSection
      title="Submitted by listeners"
      note={waiting.data ? (waiting.data.total === 0 ? 'None waiting' : `${count(waiting.data.total)} waiting`) : undefined}
    >
      {waiting.isPending ? (
        <div aria-busy>
          <RowsSkeleton rows={3} />
        </div>
      ) : null}
      {waiting.error && !waiting.data ? (
        <ErrorState error={waiting.error} what="Can’t load what listeners submitted" onRetry={() => void waiting.refetch()} />
      ) : null}
      {items.length > 0 ? (
        <ul className={styles['list']} aria-label="Waiting submissions">
          {items.map((item) => (
            <WaitingSubmission key={item.id} submission={item} />
          ))}
        </ul>
      ) : null}
      {hidden > 0 ? <p className="small muted">{plural(hidden, 'more submission')} after these.</p> : null}
      <SubmissionRules />
    </PageSection>
  );
}

const decided = { onSettled: () => void queryClient.invalidateQueries(trpc.catalog.pathFilter()) };

function WaitingSubmission({ submission }: { readonly submission: OperatorSubmissionView }) {
  const { id, by, link, submittedAt } = submission;
  const { title, by: artists } = submissionName(submission);
  const [reason, setReason] = useState<string>();
  const approve = useMutation(trpc.catalog.submissions.approve.mutationOptions(decided));
  const refuse = useMutation(trpc.catalog.submissions.refuse.mutationOptions(decided));
  const isBusy = approve.isPending || refuse.isPending;
  const error = approve.error ?? refuse.error;
  return (
    <li className={styles['row']}>
      <div className={styles['about']}>
        <p className={styles['title']}>
          <a href={link} target="_blank" rel="noreferrer" className="link">
            {title}
          </a>
        </p>
        <p className="small muted">{[artists, `${by}, ${dayName(submittedAt.slice(0, 10))}`].filter((text) => text !== '').join(' · ')}</p>
        {error ? <InlineError error={error} /> : null}
      </div>
      {reason === undefined ? (
        <div className={styles['acts']}>
          <Button size="small" look="primary" aria-label={`Approve ${title}`} disabled={isBusy} onClick={() => approve.mutate({ ids: [id] })}>
            Approve
          </Button>
          <Button size="small" aria-label={`Refuse ${title}`} disabled={isBusy} onClick={() => setReason('')}>
            Refuse…
          </Button>
        </div>
      ) : (
        <form
          className={styles['refusal']}
          onSubmit={(event) => {
            event.preventDefault();
            refuse.mutate({ ids: [id], reason });
          }}
        >
          <TextField
            label="Reason"
            hint="The listener reads it."
            maxLength={300}
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className={styles['acts']}>
            <Button size="small" type="submit" disabled={isBusy || reason.trim() === ''}>
              Refuse
            </Button>
            <Button size="small" look="quiet" onClick={() => setReason(undefined)}>
              Keep waiting
            </Button>
          </div>
        </form>
      )}
    </li>
  );
}
