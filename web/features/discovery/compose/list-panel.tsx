import { Shuffle } from '@phosphor-icons/react/Shuffle';
import type { ReactNode } from 'react';
import { FlowChart } from '#web/features/playlists/page/flow-chart.tsx';
import { Button } from '#web/ui/controls/button.tsx';
import { ErrorState, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import { askAgain, modeOf } from '../draft/asking.ts';
import type { Composer } from '../draft/use-composer.ts';
import type { ComposedList } from '../draft/use-composed-list.ts';
import { DownloadList } from '../saved/download-list.tsx';
import { EditableTrackList } from '../tracks/editable-track-list.tsx';
import { useTrackHits } from '../tracks/use-look-up.ts';
import { EditableName } from './editable-name.tsx';
import { listFigures, sharedByAll } from './list-facts.ts';
import { useListEdits } from './use-list-edits.ts';
import styles from './list-panel.module.css';

interface ListPanelProps {
  readonly composer: Composer;
  readonly list: ComposedList;
  readonly name: string;
  /** The bar at the foot: what is kept where, and what to do next. */
  readonly foot: ReactNode;
}

/** What came of the question: the list, live, with the reason of each track, and everything that can be changed in it. */
export function ListPanel({ composer, list, name, foot }: ListPanelProps) {
  const { state, change, replace } = composer;
  const { tracks, vibe, songs } = list;
  const edits = useListEdits(composer, list);
  const { pins = [], removed = [], shuffle = 0 } = state;
  const shared = sharedByAll(vibe, songs);
  if (list.error !== null && tracks.length === 0) return <ErrorState error={list.error} what="No list could be made" onRetry={list.retry} />;
  if (list.isPending) return <PendingList />;
  const says = [...(songs?.notes ?? []), ...(songs?.shortfall ?? [])];
  return (
    <section aria-label="The list" data-updating={list.isUpdating || undefined} className={styles['panel']} id="the-list">
      <header className={styles['head']}>
        <div>
          <EditableName name={name} onChange={(next) => replace({ ...state, name: next })} />
          <p role="status">
            {list.isUpdating ? 'Updating…' : `${listFigures(tracks.length, pins.length, removed.length)}. Changes as you change the question.`}
          </p>
        </div>
        {modeOf(state) === undefined || tracks.length === 0 ? null : (
          <Button icon={<Shuffle size={16} aria-hidden />} onClick={() => change(askAgain(state, { shuffle: (shuffle + 1) % 10_000 }))}>
            Another {tracks.length}
          </Button>
        )}
      </header>
      {shared === undefined ? null : (
        <p className={styles['all']}>
          <b>True of all {tracks.length - pins.length}:</b> {shared}
        </p>
      )}
      {says.map((sentence) => (
        <p key={sentence} className={styles['note']}>
          {sentence}
        </p>
      ))}
      {list.error === null ? null : <ErrorState error={list.error} what="The list could not be updated" onRetry={list.retry} />}
      {vibe && tracks.length > 3 ? <FlowChart entries={tracks.map(({ energy = null }, index) => ({ position: index + 1, energy }))} /> : null}
      {tracks.length === 0 ? <p className={styles['empty']}>No track fits. Remove a wish, or ask for something wider.</p> : null}
      <EditableTrackList
        tracks={tracks}
        pinned={new Set(pins.map(({ id }) => id))}
        onEdit={edits.edit}
        onMore={edits.more}
        onDislike={edits.dislike}
        findSwaps={edits.findSwaps}
      />
      <RemovedTracks ids={removed} onPutBack={(id) => edits.edit({ kind: 'putBack', id })} />
      <p className={styles['source']}>
        Titles and artwork from <a href="https://open.spotify.com">Spotify</a>. Every track opens there.
      </p>
      <DownloadList name={name} recordingIds={tracks.map(({ recordingId }) => recordingId)} />
      {foot}
    </section>
  );
}

/** The newest removals, each with a way back. */
function RemovedTracks({ ids, onPutBack }: { readonly ids: readonly number[]; readonly onPutBack: (id: number) => void }) {
  const newest = ids.slice(-3).toReversed();
  const hits = useTrackHits(newest);
  if (ids.length === 0) return null;
  return (
    <p className={styles['removed']}>
      {ids.length} removed:{' '}
      {newest.map((id) => (
        <span key={id}>
          “{hits.get(id)?.title ?? '…'}”{' '}
          <button type="button" aria-label={`Put back ${hits.get(id)?.title ?? ''}`} onClick={() => onPutBack(id)}>
            Put back
          </button>{' '}
        </span>
      ))}
    </p>
  );
}

function PendingList() {
  return (
    <section aria-label="The list" aria-busy className={styles['panel']}>
      <p className={styles['note']}>Comparing the recordings of the catalog. You can go on changing the question.</p>
      <RowsSkeleton rows={8} />
    </section>
  );
}
