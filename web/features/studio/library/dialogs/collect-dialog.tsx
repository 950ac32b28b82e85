import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssetId } from '#shared/ids.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { useCollections } from '../use-library.ts';
import styles from './dialogs.module.css';

const NEW = 'new';

/** Adds files to a collection, an existing one or a new one. */
export function CollectDialog({ ids, onClose }: { readonly ids: readonly AssetId[]; readonly onClose: () => void }) {
  const collections = useCollections();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const target = chosen ?? collections.data?.[0]?.id ?? NEW;
  const collect = useMutation({
    mutationFn: () =>
      target === NEW
        ? client.generation.assets.collections.create.mutate({ name, ids: [...ids] })
        : client.generation.assets.collections.collect.mutate({ id: target, ids: [...ids] }),
    onSuccess: ({ added }) => {
      showToast(added === 0 ? 'The collection already has them.' : `${plural(added, 'file')} added.`);
      onClose();
    },
    onSettled: () => void queryClient.invalidateQueries(trpc.generation.assets.pathFilter()),
  });
  return (
    <Dialog
      title="Add to a collection"
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" working={collect.isPending ? 'Adding…' : false} onClick={() => collect.mutate()}>
            Add {plural(ids.length, 'file')}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <SelectField label="Collection" value={target} onChange={(event) => setChosen(event.target.value)}>
          {collections.data?.map((collection) => (
            <option key={collection.id} value={collection.id}>
              {collection.name}
            </option>
          ))}
          <option value={NEW}>New collection…</option>
        </SelectField>
        {target === NEW ? <TextField label="Name" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} /> : null}
        {collect.error ? <InlineError error={collect.error} /> : null}
      </div>
    </Dialog>
  );
}
