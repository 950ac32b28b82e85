import { useMutation } from '@tanstack/react-query';
import type { PlaylistAdminRow } from '#shared/contracts/playlists/playlist-views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { padIndex } from '#web/lib/words.ts';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './manual-edits-select.module.css';

const NAMES = { merge: 'Keep', overwrite: 'Overwrite' } as const;

/** Whether sync keeps or overwrites edits made to this playlist on Spotify. Takes effect from the next plan on. */
export function ManualEditsSelect({ row }: { readonly row: PlaylistAdminRow }) {
  const set = useMutation(
    trpc.playlistAdmin.sync.setManualEditMode.mutationOptions({
      onSuccess: (_, { mode }) => {
        showToast(`Edits of ${row.themeTag} on Spotify are ${mode === 'merge' ? 'kept' : 'overwritten'} from the next plan on.`);
        return queryClient.invalidateQueries(trpc.playlistAdmin.playlists.pathFilter());
      },
    }),
  );
  const mode = set.isPending ? set.variables.mode : row.handEdits;
  return (
    <>
      <select
        className={styles['choice']}
        aria-label={`Edits on Spotify: ${padIndex(row.index)} ${row.themeTag}`}
        aria-busy={set.isPending || undefined}
        value={mode}
        onChange={(event) => set.mutate({ playlistIndex: row.index, mode: event.target.value === 'overwrite' ? 'overwrite' : 'merge' })}
      >
        <option value="merge">{NAMES.merge}</option>
        <option value="overwrite">{NAMES.overwrite}</option>
      </select>
      {set.error ? <InlineError error={set.error} /> : null}
    </>
  );
}
