import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UploadSimple } from '@phosphor-icons/react/UploadSimple';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { UploadView } from '#shared/contracts/covers/uploads.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { BeforeAfter } from '../upload/before-after.tsx';
import { UploadProblem } from '../upload/upload-problem.tsx';
import { UploadReceiptPanel } from '../upload/upload-receipt.tsx';
import { StepBar, StepLayout } from './step-layout.tsx';
import { refreshCover } from './use-cover.ts';
import styles from './upload-step.module.css';

/** How often an upload that Spotify does not show yet is read again. */
const CHECK_MS = 3_000;

/** The fifth step: preview, confirmation and receipt. Nothing is written to Spotify before the preview is confirmed. */
export function UploadStep({ cover }: { readonly cover: CoverView }) {
  const { target, finished } = cover;
  const [link, setLink] = useState('');
  const keep = (upload: UploadView) => {
    queryClient.setQueryData(trpc.generation.covers.upload.queryKey({ uploadId: upload.id }), upload);
    refreshCover(cover.id);
  };
  const plan = useMutation({
    mutationFn: () => client.generation.covers.planUpload.mutate({ coverId: cover.id, ...(link.trim() === '' ? {} : { playlist: link.trim() }) }),
    onSuccess: keep,
  });
  const apply = useMutation({
    mutationFn: ({ id, hash }: UploadView) => client.generation.covers.applyUpload.mutate({ uploadId: id, hash }),
    onSuccess: keep,
    onError: () => refreshCover(cover.id),
  });
  const restore = useMutation({
    mutationFn: ({ id }: UploadView) => client.generation.covers.planRestore.mutate({ uploadId: id }),
    onSuccess: keep,
  });
  const upload = useUpload(plan.data ?? restore.data ?? cover.upload);
  const problem = plan.error ? describeProblem(plan.error) : null;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    plan.mutate();
  };
  if (!finished) return <NotFinished cover={cover} />;
  const isPlanned = upload?.state === 'planned';
  return (
    <StepLayout
      form={
        <>
          <h1>On Spotify</h1>
          <form className={styles['form']} onSubmit={send}>
            <TextField
              label="Playlist on Spotify"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              placeholder="https://open.spotify.com/playlist/…"
              value={link}
              onChange={(event) => setLink(event.target.value)}
              error={problem ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null}
              hint={
                target
                  ? `Leave empty for ${target.name === null ? 'the playlist' : `“${target.name}”`}, which the cover was made from.`
                  : 'A playlist of your own, or of an account that is connected to Segue.'
              }
            />
            <div>
              <Button
                look={isPlanned ? 'default' : 'primary'}
                type="submit"
                working={plan.isPending ? 'Asking Spotify…' : false}
                disabled={link.trim() === '' && target === null}
              >
                Preview upload
              </Button>
            </div>
          </form>
          {cover.steps.type.state === 'stale' ? (
            <p className={styles['stale']}>
              An earlier step changed after the title was set.{' '}
              <Link to="/covers/$coverId" params={{ coverId: cover.id }} search={{ step: 'type' }} className="link">
                Set the title again
              </Link>
            </p>
          ) : null}
          {upload?.problem ? <UploadProblem problem={upload.problem} /> : null}
          {upload && upload.says.length > 0 && isPlanned ? (
            <ul className={styles['says']} aria-label="What the upload does">
              {upload.says.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          ) : null}
        </>
      }
      bar={
        isPlanned && upload.problem === null ? (
          <StepBar says={<>Nothing has been written to Spotify yet.</>}>
            <Button
              look="primary"
              icon={<UploadSimple size={16} aria-hidden />}
              working={apply.isPending ? 'Uploading…' : false}
              onClick={() => apply.mutate(upload)}
            >
              {upload.isRestore ? 'Put the earlier cover back' : 'Upload cover'}
            </Button>
          </StepBar>
        ) : null
      }
    >
      <BeforeAfter upload={upload} finished={finished} title={cover.words?.title ?? ''} />
      {apply.error ? <InlineError error={apply.error} /> : null}
      {restore.error ? <InlineError error={restore.error} /> : null}
      {upload && !isPlanned ? <UploadReceiptPanel upload={upload} isRestoring={restore.isPending} onRestore={() => restore.mutate(upload)} /> : null}
    </StepLayout>
  );
}

const isMoving = (state: UploadView['state'] | undefined) => state === 'sending' || state === 'sent';

/** The upload as it is now; read again until Spotify shows it. */
function useUpload(known: UploadView | null): UploadView | null {
  const query = useQuery({
    ...trpc.generation.covers.upload.queryOptions({ uploadId: known?.id ?? '' }),
    enabled: known !== null,
    refetchInterval: ({ state }) => (isMoving(state.data?.state ?? known?.state) ? CHECK_MS : false),
  });
  return known === null ? null : (query.data ?? known);
}

function NotFinished({ cover }: { readonly cover: CoverView }) {
  const missing = cover.picture === null ? 'picture' : 'type';
  return (
    <StepLayout
      form={
        <>
          <h1>On Spotify</h1>
          <p className={styles['stale']}>
            {missing === 'picture' ? 'The cover has no picture yet.' : 'The title is not set yet.'}{' '}
            <Link to="/covers/$coverId" params={{ coverId: cover.id }} search={{ step: missing }} className="link">
              {missing === 'picture' ? 'Choose a picture' : 'Set the title'}
            </Link>
          </p>
        </>
      }
    >
      {null}
    </StepLayout>
  );
}
