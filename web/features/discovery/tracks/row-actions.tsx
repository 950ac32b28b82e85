import { ArrowDown } from '@phosphor-icons/react/ArrowDown';
import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { ArrowUp } from '@phosphor-icons/react/ArrowUp';
import { ArrowsLeftRight } from '@phosphor-icons/react/ArrowsLeftRight';
import { Plus } from '@phosphor-icons/react/Plus';
import { PushPin } from '@phosphor-icons/react/PushPin';
import { ThumbsDown } from '@phosphor-icons/react/ThumbsDown';
import { X } from '@phosphor-icons/react/X';
import type { ReactNode } from 'react';
import type { ListEdit } from '../draft/arrange.ts';
import { spotifyTrackUrl } from './use-look-up.ts';
import styles from './row-actions.module.css';

/** What a row can be told to do. */
export interface RowCommands {
  readonly edit: (edit: ListEdit) => void;
  /** Adds it to what is asked for; absent where that is not possible. */
  readonly more?: ((id: number) => void) | undefined;
  readonly swap: (id: number) => void;
  readonly dislike: (id: number) => void;
}

interface RowActionsProps {
  readonly id: number;
  readonly title: string;
  readonly position: number;
  readonly last: number;
  readonly isPinned: boolean;
  readonly canSwap: boolean;
  readonly trackId: string | undefined;
  /** Absent for a list that is only shown. */
  readonly commands: RowCommands | undefined;
}

/** The actions of a track as words, each with the key that does the same. */
export function RowActions({ trackId, commands, ...row }: RowActionsProps) {
  return (
    <div className={styles['actions']} role="group" aria-label={`Actions for ${row.title}`}>
      {commands ? <EditActions {...row} commands={commands} /> : null}
      {trackId ? (
        <a className={styles['action']} href={spotifyTrackUrl(trackId)} target="_blank" rel="noreferrer">
          <ArrowSquareOut size={16} aria-hidden />
          Open in Spotify
        </a>
      ) : null}
    </div>
  );
}

interface EditActionsProps extends Omit<RowActionsProps, 'trackId' | 'commands'> {
  readonly commands: RowCommands;
}

function EditActions({ id, position, last, isPinned, canSwap, commands: { edit, more, swap, dislike } }: EditActionsProps) {
  return (
    <>
      <Act icon={<PushPin size={16} aria-hidden />} keys="P" onClick={() => edit({ kind: isPinned ? 'unpin' : 'pin', id })}>
        {isPinned ? 'Unpin' : `Pin at ${position}`}
      </Act>
      {more ? (
        <Act icon={<Plus size={16} aria-hidden />} keys="M" onClick={() => more(id)}>
          More like this
        </Act>
      ) : null}
      {canSwap ? (
        <Act icon={<ArrowsLeftRight size={16} aria-hidden />} keys="S" onClick={() => swap(id)}>
          Swap…
        </Act>
      ) : null}
      <Act
        icon={<ArrowUp size={16} aria-hidden />}
        keys="Alt+ArrowUp"
        isOff={position === 1}
        onClick={() => edit({ kind: 'move', id, to: position - 1 })}
      >
        Move up
      </Act>
      <Act
        icon={<ArrowDown size={16} aria-hidden />}
        keys="Alt+ArrowDown"
        isOff={position === last}
        onClick={() => edit({ kind: 'move', id, to: position + 1 })}
      >
        Move down
      </Act>
      <Act icon={<X size={16} aria-hidden />} keys="X" onClick={() => edit({ kind: 'remove', id })}>
        Remove
      </Act>
      <Act icon={<ThumbsDown size={16} aria-hidden />} keys="D" onClick={() => dislike(id)}>
        Never again
      </Act>
    </>
  );
}

interface ActProps {
  readonly icon: ReactNode;
  readonly keys: string;
  readonly isOff?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Act({ icon, keys, isOff = false, onClick, children }: ActProps) {
  return (
    <button type="button" className={styles['action']} aria-keyshortcuts={keys} disabled={isOff} onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}
