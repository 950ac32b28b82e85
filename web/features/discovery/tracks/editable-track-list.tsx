import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ListEdit } from '../draft/arrange.ts';
import type { ComposedTrack } from '../draft/listed-track.ts';
import { ComposedRow } from './composed-row.tsx';
import type { OpenRow } from './composed-row.tsx';
import type { RowCommands } from './row-actions.tsx';
import type { FindSwaps } from './swap-panel.tsx';
import { useTrackHits } from './use-look-up.ts';
import styles from './editable-track-list.module.css';

interface EditableTrackListProps {
  readonly tracks: readonly ComposedTrack[];
  readonly pinned: ReadonlySet<number>;
  /** Absent for a list that is only shown. */
  readonly onEdit?: ((edit: ListEdit) => void) | undefined;
  readonly onMore?: ((track: ComposedTrack) => void) | undefined;
  readonly onDislike?: ((track: ComposedTrack) => void) | undefined;
  readonly findSwaps?: FindSwaps | undefined;
}

/** A list that is edited with the mouse or with keys: J and K move, P pins, M asks for more like it, S swaps, X removes, D dislikes, Alt and an arrow moves it. */
export function EditableTrackList({ tracks, pinned, onEdit, onMore, onDislike, findSwaps }: EditableTrackListProps) {
  const [open, setOpen] = useState<OpenRow | null>(null);
  const hits = useTrackHits(tracks.map(({ recordingId }) => recordingId));
  const trackOf = (id: number) => tracks.find(({ recordingId }) => recordingId === id);
  const commands: RowCommands = {
    edit: (edit) => {
      if (edit.kind === 'remove' || edit.kind === 'swap') setOpen(null);
      onEdit?.(edit);
    },
    swap: (id) => setOpen((now) => ({ id, part: now?.id === id && now.part === 'swap' ? 'actions' : 'swap' })),
    dislike: (id) => {
      const track = trackOf(id);
      if (track) onDislike?.(track);
    },
    more: onMore
      ? (id) => {
          const track = trackOf(id);
          if (track) onMore(track);
        }
      : undefined,
  };
  const onKey = (event: KeyboardEvent<HTMLOListElement>) => {
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-id]') : null;
    const id = Number(row?.dataset['id']);
    const at = tracks.findIndex(({ recordingId }) => recordingId === id);
    if (!row || at < 0 || !isKeyHandled(event, { at, tracks, pinned, commands: onEdit ? commands : undefined, canSwap: findSwaps !== undefined }))
      return;
    event.preventDefault();
  };
  return (
    <ol className={styles['list']} aria-label="Tracks" onKeyDown={onKey}>
      {tracks.map((track, index) => {
        const id = track.recordingId;
        return (
          <ComposedRow
            key={id}
            track={track}
            hit={hits.get(id)}
            position={index + 1}
            last={tracks.length}
            isPinned={pinned.has(id)}
            open={open?.id === id ? open.part : null}
            commands={onEdit ? commands : undefined}
            findSwaps={findSwaps}
            onToggle={() => setOpen(open?.id === id ? null : { id, part: 'actions' })}
          />
        );
      })}
    </ol>
  );
}

interface KeyContext {
  readonly at: number;
  readonly tracks: readonly ComposedTrack[];
  readonly pinned: ReadonlySet<number>;
  /** Absent for a list that is only shown. */
  readonly commands: RowCommands | undefined;
  readonly canSwap: boolean;
}

/** Does what a key on a row means; false when it means nothing. */
function isKeyHandled(event: KeyboardEvent<HTMLOListElement>, { at, tracks, pinned, commands, canSwap }: KeyContext): boolean {
  const id = tracks[at]?.recordingId;
  if (id === undefined || event.ctrlKey || event.metaKey) return false;
  const { currentTarget: list } = event;
  const step = { j: 1, J: 1, k: -1, K: -1 }[event.key];
  if (step !== undefined && !event.altKey) return focusRow(list, tracks[at + step]?.recordingId);
  if (!commands) return false;
  if (event.altKey) {
    const to = at + ({ ArrowUp: 0, ArrowDown: 2 }[event.key] ?? Number.NaN);
    if (Number.isNaN(to) || to < 1 || to > tracks.length) return false;
    commands.edit({ kind: 'move', id, to });
    // The row is moved in the document, which takes the focus from it.
    requestAnimationFrame(() => focusRow(list, id));
    return true;
  }
  const next = tracks[at + 1]?.recordingId ?? tracks[at - 1]?.recordingId;
  switch (event.key.toLowerCase()) {
    case 'p':
      commands.edit({ kind: pinned.has(id) ? 'unpin' : 'pin', id });
      return true;
    case 'm':
      commands.more?.(id);
      return true;
    case 's':
      if (canSwap) commands.swap(id);
      return true;
    case 'x':
      focusRow(list, next);
      commands.edit({ kind: 'remove', id });
      return true;
    case 'd':
      focusRow(list, next);
      commands.dislike(id);
      return true;
    default:
      return false;
  }
}

function focusRow(list: HTMLElement, id: number | undefined): boolean {
  const button = list.querySelector<HTMLElement>(`[data-id="${id ?? 0}"] > button`);
  button?.focus();
  return button !== null;
}
