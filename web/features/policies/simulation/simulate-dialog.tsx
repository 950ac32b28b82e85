import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { DAYS_DEFAULT, DaysInput, clampDays } from '../rules/days-input.tsx';
import styles from './simulate-dialog.module.css';
import type { SaveProps } from '../editor/save-props.ts';

/** Name of the variant with the policies as they are now. */
const CURRENT_NAME = 'Current';

/** Starts a simulation of a draft, next to the versions that its playlists follow now. The result has its own URL; the draft can be saved from there. */
export function SimulateDialog({ draft, base, family, onClose }: SaveProps & { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [days, setDays] = useState(DAYS_DEFAULT);
  const name = draft.content.name.trim();
  const start = useMutation(
    trpc.playlistAdmin.curation.simulate.mutationOptions({
      onSuccess: async ({ id }) => {
        void queryClient.invalidateQueries(trpc.playlistAdmin.curation.simulations.pathFilter());
        await navigate({ to: '/admin/policies/simulation', search: { run: id, draft: base.key } });
      },
    }),
  );
  const isFollowed = family !== undefined && family.playlists > 0;
  const submit = () => {
    const body: unknown = JSON.parse(draft.document ?? 'null');
    const variant = { name: 'Draft', saveAs: name, body, ...(family ? { familyId: family.familyId } : {}) };
    start.mutate({ days: clampDays(days), variants: isFollowed ? [{ name: CURRENT_NAME }, variant] : [variant] });
  };
  return (
    <Dialog
      title={`Simulate “${name}”`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" working={start.isPending ? 'Starting…' : false} onClick={submit}>
            Simulate {plural(clampDays(days), 'day')}
          </Button>
        </>
      }
    >
      <p className={styles['says']}>
        {isFollowed
          ? `Segue simulates the coming days twice: with the versions that ${family.playlists === 1 ? 'its playlist follows' : `its ${plural(family.playlists, 'playlist')} follow`} now, and with this draft.`
          : 'Segue simulates the coming days with one playlist that follows this draft, next to all others.'}{' '}
        Nothing is saved.
      </p>
      <DaysInput days={days} onChange={setDays} />
      {start.error ? <InlineError error={start.error} /> : null}
    </Dialog>
  );
}
