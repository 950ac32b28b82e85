import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { DAYS_FIRST, DaysBox, playableDays } from '../rules/days-box.tsx';
import styles from './play-dialog.module.css';
import type { SaveProps } from '../editor/save-props.ts';

/** What the network is called where nothing stands in for a policy. */
const AS_IT_IS = 'As it is now';

/** Plays a draft forward before it is saved, beside what its playlists follow now. The result has an address of its own, and saving begins there too. */
export function PlayDialog({ draft, base, family, onClose }: SaveProps & { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const [days, setDays] = useState(DAYS_FIRST);
  const name = draft.written.name.trim();
  const start = useMutation(
    trpc.policies.simulate.mutationOptions({
      onSuccess: async ({ id }) => {
        void queryClient.invalidateQueries(trpc.policies.simulations.pathFilter());
        await navigate({ to: '/admin/policies/simulation', search: { run: id, draft: base.key } });
      },
    }),
  );
  const isFollowed = family !== undefined && family.playlists > 0;
  const play = () => {
    const body: unknown = JSON.parse(draft.document ?? 'null');
    const played = { name: 'The draft', saveAs: name, body, ...(family ? { familyId: family.familyId } : {}) };
    start.mutate({ days: playableDays(days), variants: isFollowed ? [{ name: AS_IT_IS }, played] : [played] });
  };
  return (
    <Dialog
      title={`How would “${name}” go?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Not yet
          </Button>
          <Button look="primary" working={start.isPending ? 'Starting…' : false} onClick={play}>
            Play {plural(playableDays(days), 'day')} forward
          </Button>
        </>
      }
    >
      <p className={styles['says']}>
        {isFollowed
          ? `The nights to come are played twice: as ${family.playlists === 1 ? 'its playlist stands' : `its ${plural(family.playlists, 'playlist')} stand`} now, and with this draft instead.`
          : 'The nights to come are played with one list of this draft beside all others of the network.'}{' '}
        Nothing is saved; the draft stays as it is.
      </p>
      <DaysBox days={days} onChange={setDays} />
      {start.error ? <Refusal error={start.error} /> : null}
    </Dialog>
  );
}
