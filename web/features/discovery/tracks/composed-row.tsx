import { DotsThree } from '@phosphor-icons/react/DotsThree';
import { PushPin } from '@phosphor-icons/react/PushPin';
import type { DragEvent } from 'react';
import type { TrackHit } from '#shared/contracts/discovery/search.ts';
import { trackLength } from '#web/lib/dates.ts';
import type { ComposedTrack } from '../draft/listed-track.ts';
import { Artwork } from './artwork.tsx';
import { RowActions } from './row-actions.tsx';
import type { RowCommands } from './row-actions.tsx';
import { SwapPanel } from './swap-panel.tsx';
import type { FindSwaps } from './swap-panel.tsx';
import styles from './composed-row.module.css';

/** What is open in the list: the actions of one row, or the tracks that could replace it. */
export interface OpenRow {
  readonly id: number;
  readonly part: 'actions' | 'swap';
}

interface ComposedRowProps {
  readonly track: ComposedTrack;
  readonly hit: TrackHit | undefined;
  /** Its place in the list, from 1. */
  readonly position: number;
  readonly last: number;
  readonly isPinned: boolean;
  readonly open: OpenRow['part'] | null;
  /** Absent for a list that is only shown. */
  readonly commands: RowCommands | undefined;
  readonly findSwaps: FindSwaps | undefined;
  readonly onToggle: () => void;
}

/** The type of what is dragged, so that files and texts cannot be dropped on a list. */
const DRAGGED = 'application/x-segue-track';

/** A track of an editable list: who, why, how long. Its actions open below it; it can be dragged by its number. */
export function ComposedRow({ track, hit, position, last, isPinned, open, commands, findSwaps, onToggle }: ComposedRowProps) {
  const { recordingId: id, title, artists, why } = track;
  const drop = (event: DragEvent) => {
    const dragged = Number(event.dataTransfer.getData(DRAGGED));
    if (!commands || !Number.isInteger(dragged) || dragged <= 0 || dragged === id) return;
    event.preventDefault();
    commands.edit({ kind: 'move', id: dragged, to: position });
  };
  return (
    <li
      className={styles['row']}
      data-id={id}
      data-open={open !== null || undefined}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
      }}
      onDrop={drop}
    >
      <span
        className={styles['number']}
        draggable={commands !== undefined}
        title={commands ? 'Drag to another place' : undefined}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, String(id));
          event.dataTransfer.effectAllowed = 'move';
        }}
      >
        {position}
      </span>
      <Artwork url={hit?.imageUrl} />
      <p className={styles['title']}>
        <b>{title}</b>
        <span>{artists.join(', ')}</span>
      </p>
      <p className={styles['why']}>
        {isPinned ? (
          <>
            <PushPin size={16} className={`icon ${styles['pin']}`} aria-hidden /> Pinned by you.{' '}
          </>
        ) : null}
        {isPinned && track.reason.kind === 'chosen' ? null : why}
      </p>
      <span className={styles['length']}>{hit ? trackLength(hit.durationMs) : ''}</span>
      <button type="button" className={styles['more']} aria-expanded={open !== null} aria-label={`Actions for ${title}`} onClick={onToggle}>
        <DotsThree size={20} aria-hidden />
      </button>
      {open === null ? null : (
        <RowActions {...{ id, title, position, last, isPinned, commands }} trackId={hit?.trackId} canSwap={findSwaps !== undefined} />
      )}
      {open === 'swap' && findSwaps ? <SwapPanel track={track} find={findSwaps} onSwap={(by) => commands?.edit({ kind: 'swap', id, by })} /> : null}
    </li>
  );
}
