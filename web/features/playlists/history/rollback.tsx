import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryView, RollbackResult } from '#shared/contracts/playlists/history.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, joinNames, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './history.module.css';

const SHOWN_MAX = 5;

const ROLLBACK_STATES = {
  planned: (day: string) => `A rollback to ${day} is planned. It is not on Spotify yet.`,
  shown: (day: string) => `Spotify shows the list from ${day} today.`,
  ending: (day: string) => `The rollback was ended. Spotify shows the list from ${day} until the plan is applied.`,
} as const;

/** Operators only: rolls today back to this day's list after a preview, or ends a rollback. */
export function Rollback({ view, day }: { readonly view: HistoryView; readonly day: string }) {
  const [isPreviewOpen, setPreviewOpen] = useState(false);
  const [result, setResult] = useState<RollbackResult>();
  const today = view.days.find((one) => one.day === view.today);
  const finish = (next: RollbackResult) => {
    setPreviewOpen(false);
    setResult(next);
    for (const filter of [
      trpc.playlists.history.pathFilter(),
      trpc.playlists.playlist.pathFilter(),
      trpc.playlists.overview.pathFilter(),
      trpc.playlists.diffDays.pathFilter(),
      trpc.playlistAdmin.playlists.previewRollback.pathFilter(),
      trpc.playlistAdmin.sync.pathFilter(),
    ]) {
      void queryClient.invalidateQueries(filter);
    }
  };
  const end = useMutation(trpc.playlistAdmin.playlists.endRollback.mutationOptions({ onSuccess: finish }));
  return (
    <section className={styles['rollback']}>
      <h2>Roll back</h2>
      {result ? <CreatedPlans result={result} /> : null}
      {view.rollback ? <p>{ROLLBACK_STATES[view.rollback.state](dayName(view.rollback.listDay))}</p> : null}
      {view.rollback && view.rollback.state !== 'ending' ? (
        <Button working={end.isPending ? 'Planning…' : false} onClick={() => end.mutate({ index: view.index })}>
          {view.rollback.state === 'planned' ? 'Cancel rollback' : 'End rollback'}
        </Button>
      ) : null}
      {end.error ? <InlineError error={end.error} /> : null}
      {today?.status === 'published' && day < view.today && view.rollback?.listDay !== day ? (
        <Button onClick={() => setPreviewOpen(true)}>Roll back to {dayName(day)}…</Button>
      ) : (
        <p className="muted">{today?.status === 'published' ? 'Choose an earlier day to roll back to.' : 'Today has no list yet.'}</p>
      )}
      {isPreviewOpen ? <Preview index={view.index} day={day} onClose={() => setPreviewOpen(false)} onCreated={finish} /> : null}
    </section>
  );
}

function CreatedPlans({ result }: { readonly result: RollbackResult }) {
  const [problem] = result.problems;
  return (
    <p role="status">
      {result.plans.length === 0
        ? 'Nothing has to change on Spotify.'
        : `${plural(result.plans.length, 'plan')} created. Nothing is written to Spotify yet.`}{' '}
      {problem ? `${problem.message} ` : ''}
      {result.plans[0] ? (
        <AppLink href={`/admin/sync?day=${result.day}&plan=${result.plans[0].id}`} className="link">
          Review and apply
        </AppLink>
      ) : null}
    </p>
  );
}

interface PreviewProps {
  readonly index: number;
  readonly day: string;
  readonly onClose: () => void;
  readonly onCreated: (result: RollbackResult) => void;
}

function Preview({ index, day, onClose, onCreated }: PreviewProps) {
  const preview = useQuery(trpc.playlistAdmin.playlists.previewRollback.queryOptions({ index, showsDay: day }));
  const create = useMutation(trpc.playlistAdmin.playlists.rollBack.mutationOptions({ onSuccess: onCreated }));
  const data = preview.data;
  return (
    <Dialog
      title={`Roll back to ${dayName(day)}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!data || data.shared.length > 0}
            working={create.isPending ? 'Planning…' : false}
            onClick={() => (data ? create.mutate({ index, showsDay: day, hash: data.hash }) : undefined)}
          >
            Create rollback plan
          </Button>
        </>
      }
    >
      {preview.error ? <InlineError error={preview.error} /> : null}
      {data ? (
        <div className={styles['preview']}>
          <p>
            {plural(data.adds, 'track')} added, {count(data.removes)} removed, {count(data.keeps)} unchanged. {data.summary}
          </p>
          {data.shared.length > 0 ? (
            <ul className={styles['conflicts']} aria-label="Tracks in other playlists of the same exclusivity group today">
              {data.shared.slice(0, SHOWN_MAX).map(({ track, group, themeTag }) => (
                <li key={track.uri}>
                  <b>{track.title}</b> {joinNames(track.artists)}: in “{themeTag}” today (exclusivity group {group})
                </li>
              ))}
              {data.shared.length > SHOWN_MAX ? <li className="muted">and {count(data.shared.length - SHOWN_MAX)} more</li> : null}
            </ul>
          ) : null}
          {data.repeats.length > 0 ? (
            <ul className={styles['conflicts']} aria-label="Tracks within their repeat window">
              {data.repeats.slice(0, SHOWN_MAX).map(({ track, restsUntil }) => (
                <li key={track.uri}>
                  <b>{track.title}</b> {joinNames(track.artists)}:{' '}
                  {restsUntil ? `can play again on ${dayName(restsUntil)}` : 'repeat window has no end date'}
                </li>
              ))}
              {data.repeats.length > SHOWN_MAX ? <li className="muted">and {count(data.repeats.length - SHOWN_MAX)} more</li> : null}
            </ul>
          ) : null}
          <p className="muted small">Creating the plan writes nothing to Spotify. Apply it on the Sync page.</p>
        </div>
      ) : preview.error ? null : (
        <Skeleton height="120px" />
      )}
      {create.error ? <InlineError error={create.error} /> : null}
    </Dialog>
  );
}
