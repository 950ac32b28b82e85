import { useState } from 'react';
import { Play } from '@phosphor-icons/react/Play';
import { trackLength } from '#web/lib/dates.ts';
import { HashedImage } from '#web/ui/picture/hashed-image.tsx';
import { FilledStar } from './filled-star.tsx';
import { describeTile, ratioOf } from './wall-rows.ts';
import type { PlacedTile } from './wall-rows.ts';
import styles from './library-wall.module.css';

interface TileProps extends PlacedTile {
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
  readonly onOpen: (at: number) => void;
  readonly onToggle: (at: number, isExtending: boolean) => void;
  readonly onFocus: (at: number) => void;
}

/** A picture or the poster of a video; a video never plays in the wall. */
export function LibraryTile({ tile, at, width, isOpen, isSelected, isStop, onOpen, onToggle, onFocus }: TileProps) {
  const [isMissing, setMissing] = useState(false);
  const words = describeTile(tile);
  const state = [tile.isStarred && 'starred', isSelected && 'selected'].filter(Boolean).join(', ');
  return (
    <div
      className={styles['tile']}
      role="listitem"
      aria-posinset={at + 1}
      aria-setsize={-1}
      style={{ width }}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
    >
      <button
        type="button"
        className={styles['picture']}
        tabIndex={isStop ? 0 : -1}
        data-at={at}
        aria-label={state ? `${words} (${state})` : words}
        aria-current={isOpen || undefined}
        onFocus={() => onFocus(at)}
        onClick={(event) => (event.shiftKey || event.ctrlKey || event.metaKey ? onToggle(at, event.shiftKey) : onOpen(at))}
      >
        {isMissing ? (
          <span className={styles['gone']}>The preview is missing.</span>
        ) : (
          <HashedImage
            src={width > 320 ? tile.previews[640] : tile.previews[300]}
            thumbhash={tile.thumbhash}
            alt=""
            ratio={ratioOf(tile)}
            isLazy={false}
            onError={() => setMissing(true)}
          />
        )}
      </button>
      <input
        type="checkbox"
        className={styles['select']}
        tabIndex={-1}
        checked={isSelected}
        aria-label={`Select: ${words}`}
        onChange={(event) => onToggle(at, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
      />
      {tile.isStarred ? (
        <span className={styles['star']} aria-hidden>
          <FilledStar size={14} />
        </span>
      ) : null}
      {tile.mediaType.startsWith('video/') ? (
        <span className={styles['length']} aria-hidden>
          <Play size={12} />
          {tile.seconds === null ? null : trackLength(tile.seconds * 1_000)}
        </span>
      ) : null}
    </div>
  );
}
