import { useMutation } from '@tanstack/react-query';
import type { PlaylistAdminRow } from '#shared/contracts/views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { ordinal } from '#web/lib/words.ts';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './hand-edits-choice.module.css';

const SAYS = { merge: 'are merged', overwrite: 'are put back' } as const;

/** What becomes of what people change in this playlist on Spotify; in force from the next plan on. */
export function HandEditsChoice({ row }: { readonly row: PlaylistAdminRow }) {
  const set = useMutation(
    trpc.sync.setHandEdits.mutationOptions({
      onSuccess: (_, { mode }) => {
        say(`From the next plan on, hand edits of ${row.themeTag} ${SAYS[mode]}.`);
        return queryClient.invalidateQueries(trpc.playlists.pathFilter());
      },
    }),
  );
  const mode = set.isPending ? set.variables.mode : row.handEdits;
  return (
    <>
      <select
        className={styles['choice']}
        aria-label={`Hand edits of ${ordinal(row.index)} ${row.themeTag}`}
        aria-busy={set.isPending || undefined}
        value={mode}
        onChange={(event) => set.mutate({ playlistIndex: row.index, mode: event.target.value === 'overwrite' ? 'overwrite' : 'merge' })}
      >
        <option value="merge">{SAYS.merge}</option>
        <option value="overwrite">{SAYS.overwrite}</option>
      </select>
      {set.error ? <Refusal error={set.error} /> : null}
    </>
  );
}
