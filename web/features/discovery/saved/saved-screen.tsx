import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedPlaylistView } from '#shared/contracts/discovery/saved-views.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { ErrorState, InlineError, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { fromSavedTrack } from '../draft/listed-track.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { ExportHistory } from '../export/export-history.tsx';
import { OwnPermission } from '../export/own-permission.tsx';
import { EditableTrackList } from '../tracks/editable-track-list.tsx';
import { refreshSaved } from './saved-cache.ts';
import { SavedHead } from './saved-head.tsx';
import { useSavedEdits } from './use-saved-edits.ts';
import { VersionList } from './version-list.tsx';
import styles from './saved-screen.module.css';

interface SavedScreenProps {
  readonly savedId: SavedPlaylistId;
  /** An older version to look at. */
  readonly version: number | undefined;
  readonly isExporting: boolean;
  readonly onView: (search: { version?: number; export?: boolean }) => void;
}

/** A saved playlist: its tracks with their reasons, its versions, and the way to Spotify. */
export function SavedScreen({ savedId, version, isExporting, onView }: SavedScreenProps) {
  const saved = useQuery(trpc.discovery.saved.show.queryOptions(version === undefined ? { savedId } : { savedId, version }));
  if (saved.error && !saved.data)
    return <ErrorState isPage error={saved.error} what="Can’t open this playlist" onRetry={() => void saved.refetch()} />;
  if (!saved.data) {
    return (
      <div aria-busy className={styles['page']}>
        <h1>
          <TitleSkeleton />
        </h1>
        <RowsSkeleton rows={8} />
      </div>
    );
  }
  return <Saved saved={saved.data} isExporting={isExporting && saved.data.isCurrent} onView={onView} />;
}

interface SavedProps extends Pick<SavedScreenProps, 'isExporting' | 'onView'> {
  readonly saved: SavedPlaylistView;
}

function Saved({ saved, isExporting, onView }: SavedProps) {
  const edits = useSavedEdits(saved);
  const [exports, setExports] = useState(0);
  const restore = useMutation({
    mutationFn: (version: number) => client.discovery.saved.restore.mutate({ savedId: saved.id, revision: saved.revision, version }),
    onSuccess: (restored) => {
      edits.keep(restored);
      onView({});
      showToast(`The list is as in version ${saved.version} again.`);
    },
  });
  return (
    <div className={styles['page']}>
      <SavedHead
        saved={saved}
        edits={edits}
        onExport={() => onView({ export: true })}
        onShowCurrent={() => onView({})}
        onRestore={() => restore.mutate(saved.version)}
      />
      {[edits.error, restore.error].map((error) => (error ? <InlineError key={String(error)} error={error} /> : null))}
      {edits.isStale ? (
        <p className={styles['note']}>
          <button type="button" onClick={() => refreshSaved(saved.id)}>
            Show the list as it is now
          </button>
        </p>
      ) : null}
      {saved.notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      <EditableTrackList
        tracks={saved.tracks.map(fromSavedTrack)}
        pinned={new Set(saved.tracks.filter(({ isPinned }) => isPinned).map(({ recordingId }) => recordingId))}
        {...(saved.isCurrent ? edits.of : {})}
      />
      <p className={styles['note']}>
        Titles and artwork from <a href="https://open.spotify.com">Spotify</a>. Every track opens there.
      </p>
      <PageSection title="On Spotify">
        <ExportHistory key={exports} savedId={saved.id} />
        <OwnPermission key={`permission ${exports}`} />
      </PageSection>
      <PageSection title="Versions">
        <VersionList savedId={saved.id} shown={saved.version} onShow={(version) => onView({ version })} />
      </PageSection>
      {isExporting ? (
        <ExportDialog
          saved={saved}
          onClose={() => {
            setExports((now) => now + 1);
            refreshSaved(saved.id);
            onView({});
          }}
        />
      ) : null}
    </div>
  );
}
