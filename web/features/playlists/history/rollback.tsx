import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryView, RolledBack } from '#shared/contracts/playlists/history.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, listed, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { HouseLink } from '#web/ui/controls/house-link.tsx';
import { Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import styles from './history.module.css';

const FIRST_NAMED = 5;

/** For the operator: today shows this day's list again, previewed first; or lets go of that. */
export function Rollback({ view, day }: { readonly view: HistoryView; readonly day: string }) {
  const [isAsked, setAsked] = useState(false);
  const [made, setMade] = useState<RolledBack>();
  const today = view.days.find((one) => one.day === view.today);
  const settle = (rolled: RolledBack) => {
    setAsked(false);
    setMade(rolled);
    void queryClient.invalidateQueries(trpc.history.pathFilter());
    void queryClient.invalidateQueries(trpc.sync.pathFilter());
  };
  const end = useMutation(trpc.history.endRollback.mutationOptions({ onSuccess: settle }));
  return (
    <section className={styles['back']}>
      <h2>Show it again</h2>
      {made ? <Planned made={made} /> : null}
      {today?.shows ? (
        <>
          <p>Today shows the list of {dayName(today.shows)}.</p>
          <Button working={end.isPending ? 'Planning…' : false} onClick={() => end.mutate({ index: view.index })}>
            Show today’s own list
          </Button>
          {end.error ? <Refusal error={end.error} /> : null}
        </>
      ) : null}
      {today?.status === 'published' && day < view.today && today.shows !== day ? (
        <Button onClick={() => setAsked(true)}>Show {dayName(day)} today…</Button>
      ) : (
        <p className="muted">{today?.status === 'published' ? 'Choose an earlier day to have today show it.' : 'Today has no list yet.'}</p>
      )}
      {isAsked ? <Preview index={view.index} day={day} onClose={() => setAsked(false)} onMade={settle} /> : null}
    </section>
  );
}

function Planned({ made }: { readonly made: RolledBack }) {
  const [problem] = made.problems;
  return (
    <p role="status">
      {made.plans.length === 0 ? 'Nothing has to change on Spotify.' : `${plural(made.plans.length, 'plan')} made; nothing is written yet.`}{' '}
      {problem ? `${problem.message} ` : ''}
      {made.plans[0] ? (
        <HouseLink href={`/admin/sync?day=${made.day}&plan=${made.plans[0].id}`} className="link">
          Look at it and apply
        </HouseLink>
      ) : null}
    </p>
  );
}

interface PreviewProps {
  readonly index: number;
  readonly day: string;
  readonly onClose: () => void;
  readonly onMade: (made: RolledBack) => void;
}

function Preview({ index, day, onClose, onMade }: PreviewProps) {
  const preview = useQuery(trpc.history.previewRollback.queryOptions({ index, showsDay: day }));
  const make = useMutation(trpc.history.rollBack.mutationOptions({ onSuccess: onMade }));
  const data = preview.data;
  return (
    <Dialog
      title={`Show the list of ${dayName(day)} today?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            look="primary"
            disabled={!data || data.shared.length > 0}
            working={make.isPending ? 'Planning…' : false}
            onClick={() => (data ? make.mutate({ index, showsDay: day, hash: data.hash }) : undefined)}
          >
            Plan it
          </Button>
        </>
      }
    >
      {preview.error ? <Refusal error={preview.error} /> : null}
      {data ? (
        <div className={styles['preview']}>
          <p>
            {count(data.adds)} tracks come back, {count(data.removes)} of today’s go, {count(data.keeps)} stay. {data.says}
          </p>
          {data.shared.length > 0 ? (
            <ul className={styles['resting']} aria-label="Tracks that its group shows today">
              {data.shared.slice(0, FIRST_NAMED).map(({ track, group, themeTag }) => (
                <li key={track.uri}>
                  <b>{track.title}</b> {listed(track.artists)}: “{themeTag}” of the group {group} shows it today
                </li>
              ))}
              {data.shared.length > FIRST_NAMED ? <li className="muted">and {count(data.shared.length - FIRST_NAMED)} more</li> : null}
            </ul>
          ) : null}
          {data.resting.length > 0 ? (
            <ul className={styles['resting']} aria-label="Tracks inside their rest">
              {data.resting.slice(0, FIRST_NAMED).map(({ track, restsUntil }) => (
                <li key={track.uri}>
                  <b>{track.title}</b> {listed(track.artists)}, rests {restsUntil ? `until ${dayName(restsUntil)}` : 'without an end'}
                </li>
              ))}
              {data.resting.length > FIRST_NAMED ? <li className="muted">and {count(data.resting.length - FIRST_NAMED)} more</li> : null}
            </ul>
          ) : null}
          <p className="muted small">Planning writes nothing to Spotify. The plan is applied on the sync page, by its hash.</p>
        </div>
      ) : preview.error ? null : (
        <Skeleton height="120px" />
      )}
      {make.error ? <Refusal error={make.error} /> : null}
    </Dialog>
  );
}
