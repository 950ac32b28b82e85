import { useMutation } from '@tanstack/react-query';
import type { SubmissionView } from '#shared/contracts/catalog/submissions.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { SUBMISSION_TONES, submissionName } from './submission-words.ts';
import styles from './submissions.module.css';

/** One album that the person submitted, with where it is and what they can do. */
export function OwnSubmission({ submission }: { readonly submission: SubmissionView }) {
  const { id, status, says } = submission;
  const { title, by } = submissionName(submission);
  const withdraw = useMutation(
    trpc.catalog.submissions.withdraw.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(trpc.catalog.submissions.mine.pathFilter()),
    }),
  );
  return (
    <li className={styles['row']}>
      <div className={styles['about']}>
        <p className={styles['title']}>{title}</p>
        {by === '' ? null : <p className="small muted">{by}</p>}
        <p className="small">
          <StatusText tone={SUBMISSION_TONES[status]}>{says}</StatusText>
        </p>
        {withdraw.error ? <InlineError error={withdraw.error} /> : null}
      </div>
      {status === 'waiting' ? (
        <Button size="small" aria-label={`Withdraw ${title}`} disabled={withdraw.isPending} onClick={() => withdraw.mutate({ id })}>
          Withdraw
        </Button>
      ) : null}
    </li>
  );
}
