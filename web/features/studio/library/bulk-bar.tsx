import { DownloadSimple } from '@phosphor-icons/react/DownloadSimple';
import { FolderSimplePlus } from '@phosphor-icons/react/FolderSimplePlus';
import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { Star } from '@phosphor-icons/react/Star';
import type { AssetTile } from '#shared/contracts/studio/library/asset-views.ts';
import { fileSize, joinNames, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useRestore, useStar } from './use-library.ts';
import styles from './bulk-bar.module.css';

interface BulkBarProps {
  readonly selected: readonly AssetTile[];
  readonly isDeleted: boolean;
  /** Set while a collection is shown: takes the selected ones out of it. */
  readonly onDiscard: (() => void) | undefined;
  readonly onCollect: () => void;
  readonly onShare: () => void;
  readonly onDownload: () => void;
  readonly onCompare: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** What can be done with the selected tiles together. Comparing joins when exactly two are selected. */
export function BulkBar({ selected, isDeleted, onDiscard, onCollect, onShare, onDownload, onCompare, onDelete, onClear }: BulkBarProps) {
  const star = useStar();
  const restore = useRestore();
  const ids = selected.map(({ id }) => id);
  const isAllStarred = selected.every(({ isStarred }) => isStarred);
  const videos = selected.filter(({ mediaType }) => mediaType.startsWith('video/')).length;
  const kinds = [selected.length - videos > 0 && plural(selected.length - videos, 'picture'), videos > 0 && plural(videos, 'video')].filter(
    (one) => one !== false,
  );
  return (
    <div className={styles['bar']} role="region" aria-label="Selection">
      <p>
        <b>{selected.length} selected</b>{' '}
        <span className="muted">
          {joinNames(kinds)} · {fileSize(selected.reduce((sum, { bytes }) => sum + bytes, 0))}
        </span>
      </p>
      <div className={styles['actions']}>
        {isDeleted ? (
          <Button
            size="small"
            look="primary"
            working={restore.isPending ? 'Restoring…' : false}
            onClick={() => restore.mutate(ids, { onSuccess: onClear })}
          >
            Restore
          </Button>
        ) : (
          <>
            {selected.length === 2 ? (
              <Button size="small" onClick={onCompare}>
                Compare
              </Button>
            ) : null}
            <Button size="small" icon={<Star size={16} aria-hidden />} onClick={() => star.mutate({ ids, starred: !isAllStarred })}>
              {isAllStarred ? 'Remove stars' : 'Star'}
            </Button>
            <Button size="small" icon={<FolderSimplePlus size={16} aria-hidden />} onClick={onCollect}>
              Add to collection…
            </Button>
            <Button size="small" icon={<DownloadSimple size={16} aria-hidden />} onClick={onDownload}>
              Download…
            </Button>
            <Button size="small" icon={<LinkSimple size={16} aria-hidden />} onClick={onShare}>
              Share…
            </Button>
            {onDiscard ? (
              <Button size="small" onClick={onDiscard}>
                Take out of collection
              </Button>
            ) : null}
            <Button size="small" look="quiet" onClick={onDelete}>
              Delete…
            </Button>
          </>
        )}
        <Button size="small" look="quiet" onClick={onClear}>
          Clear
        </Button>
      </div>
    </div>
  );
}
