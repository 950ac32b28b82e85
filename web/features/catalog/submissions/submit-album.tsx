import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { ErrorState, InlineError, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { OwnSubmission } from './own-submission.tsx';
import styles from './submissions.module.css';
import { useSubmissions } from './use-submissions.ts';

/** Where a listener gives the link of an album that the catalog should have, and follows it on its way. */
export function SubmitAlbum() {
  const mine = useSubmissions();
  return (
    <div className={styles['page']}>
      <h1>Missing an album?</h1>
      {mine.error && !mine.data ? (
        <ErrorState isPage error={mine.error} what="Can’t load your submissions" onRetry={() => void mine.refetch()} />
      ) : null}
      {mine.isPending ? (
        <div aria-busy>
          <RowsSkeleton rows={4} />
        </div>
      ) : null}
      {mine.data ? (
        <>
          <p className={styles['lead']}>
            {mine.data.isOpen
              ? `Paste its Spotify link. ${mine.data.needsApproval ? 'The operator decides whether it joins the catalog.' : 'It joins the catalog within minutes.'}`
              : 'The operator takes no submissions at the moment.'}
          </p>
          {mine.data.isOpen ? <LinkForm remaining={mine.data.remainingToday} perDay={mine.data.perDayMax} /> : null}
          {mine.data.submissions.length > 0 ? (
            <PageSection title="Your submissions">
              <ul className={styles['list']} aria-label="Your submissions">
                {mine.data.submissions.map((submission) => (
                  <OwnSubmission key={submission.id} submission={submission} />
                ))}
              </ul>
            </PageSection>
          ) : null}
        </>
      ) : null}
    </div>
  );
}

function LinkForm({ remaining, perDay }: { readonly remaining: number; readonly perDay: number }) {
  const [link, setLink] = useState('');
  const submit = useMutation(
    trpc.catalog.submissions.submit.mutationOptions({
      onSuccess: () => setLink(''),
      onSettled: () => void queryClient.invalidateQueries(trpc.catalog.submissions.mine.pathFilter()),
    }),
  );
  const problem = submit.error ? describeProblem(submit.error) : undefined;
  const isOfField = problem?.field === 'link';
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    submit.mutate({ link });
  };
  return (
    <form className={styles['form']} onSubmit={send}>
      <TextField
        label="Link of the album"
        placeholder="https://open.spotify.com/album/…"
        maxLength={2_000}
        value={link}
        onChange={(event) => setLink(event.target.value)}
        hint={`${plural(remaining, 'album')} of ${perDay} left today (UTC).`}
        error={isOfField ? `${problem.message} ${problem.remedy ?? ''}` : undefined}
      />
      <Button type="submit" look="primary" disabled={link.trim() === '' || submit.isPending}>
        {submit.isPending ? 'Submitting…' : 'Submit album'}
      </Button>
      {submit.error && !isOfField ? <InlineError error={submit.error} /> : null}
    </form>
  );
}
