import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CollectionView } from '#shared/contracts/studio/library/collections.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { ShareDialog } from './dialogs/share-dialog.tsx';
import styles from './dialogs/dialogs.module.css';

const refresh = () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter());

/** What can be done with the collection that is shown. */
export function CollectionHead({ collection, onRemoved }: { readonly collection: CollectionView; readonly onRemoved: () => void }) {
  const [open, setOpen] = useState<'rename' | 'remove' | 'share' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles['line']} role="group" aria-label={`Collection “${collection.name}”`}>
      <Button size="small" onClick={() => setOpen('share')}>
        Share collection…
      </Button>
      <Button size="small" onClick={() => setOpen('rename')}>
        Rename…
      </Button>
      <Button size="small" look="quiet" onClick={() => setOpen('remove')}>
        Delete collection…
      </Button>
      {open === 'share' ? <ShareDialog target={{ kind: 'collection', ...collection }} onClose={close} /> : null}
      {open === 'rename' ? <RenameDialog collection={collection} onClose={close} /> : null}
      {open === 'remove' ? <RemoveDialog collection={collection} onClose={close} onRemoved={onRemoved} /> : null}
    </div>
  );
}

function RenameDialog({ collection, onClose }: { readonly collection: CollectionView; readonly onClose: () => void }) {
  const [name, setName] = useState(collection.name);
  const rename = useMutation(trpc.generation.assets.collections.rename.mutationOptions({ onSuccess: onClose, onSettled: refresh }));
  return (
    <Dialog
      title={`Rename “${collection.name}”`}
      onClose={onClose}
      actions={
        <Button look="primary" working={rename.isPending ? 'Renaming…' : false} onClick={() => rename.mutate({ id: collection.id, name })}>
          Rename collection
        </Button>
      }
    >
      <div className={styles['form']}>
        <TextField label="Name" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        {rename.error ? <InlineError error={rename.error} /> : null}
      </div>
    </Dialog>
  );
}

function RemoveDialog({
  collection,
  onClose,
  onRemoved,
}: {
  readonly collection: CollectionView;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const remove = useMutation(trpc.generation.assets.collections.remove.mutationOptions({ onSuccess: onRemoved, onSettled: refresh }));
  return (
    <Dialog
      title={`Delete “${collection.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="critical" working={remove.isPending ? 'Deleting…' : false} onClick={() => remove.mutate({ id: collection.id })}>
            Delete collection
          </Button>
        </>
      }
    >
      <p className={styles['text']}>Its pictures and videos stay in the library. Its address and its short links stop working.</p>
      {remove.error ? <InlineError error={remove.error} /> : null}
    </Dialog>
  );
}
