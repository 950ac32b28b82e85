import { useQuery } from '@tanstack/react-query';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './version-list.module.css';

interface VersionListProps {
  readonly savedId: SavedPlaylistId;
  /** The version that the page shows. */
  readonly shown: number;
  readonly onShow: (version: number) => void;
}

/** Every version of a playlist, the newest first: how it came about, and whether Spotify shows it. */
export function VersionList({ savedId, shown, onShow }: VersionListProps) {
  const history = useQuery(trpc.discovery.saved.history.queryOptions({ savedId }));
  if (history.error && !history.data)
    return <ErrorState error={history.error} what="Can’t load the versions" onRetry={() => void history.refetch()} />;
  if (!history.data) return <RowsSkeleton rows={2} />;
  return (
    <ol className={styles['versions']} reversed>
      {history.data.versions.map(({ version, says, tracks, createdAt, isCurrent, isOnSpotify }) => (
        <li key={version}>
          <span>Version {version}</span>
          <p>
            {says}{' '}
            <span>
              {plural(tracks, 'track')} · {dayName(createdAt)}, {clockTime(createdAt)} UTC{isCurrent ? ' · current' : ''}
              {isOnSpotify ? ' · on Spotify' : ''}
            </span>
          </p>
          {version === shown ? null : (
            <button type="button" aria-label={`Show version ${version}`} onClick={() => onShow(version)}>
              Show
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}
