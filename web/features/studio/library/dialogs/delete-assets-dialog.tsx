import { useQuery } from '@tanstack/react-query';
import type { AssetId } from '#shared/ids.ts';
import { client } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { useRemove } from '../use-library.ts';
import styles from './dialogs.module.css';

/** Asks before deleting, and names what depends on the files. */
export function DeleteAssetsDialog({
  ids,
  onClose,
  onDeleted,
}: {
  readonly ids: readonly AssetId[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const preview = useQuery({
    queryKey: ['asset-deletion', ids],
    queryFn: () => client.generation.assets.previewDeletion.mutate({ ids: [...ids] }),
    staleTime: 0,
    gcTime: 0,
  });
  const remove = useRemove(onDeleted);
  const what = plural(ids.length, 'file');
  return (
    <Dialog
      title={`Delete ${what}?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="critical" working={remove.isPending ? 'Deleting…' : false} onClick={() => remove.mutate([...ids])}>
            Delete {what}
          </Button>
        </>
      }
    >
      <div className={styles['text']}>
        {preview.data?.says.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {preview.isPending ? <p className="muted">Checking what depends on {ids.length === 1 ? 'it' : 'them'}…</p> : null}
        <p>You can restore {ids.length === 1 ? 'it' : 'them'} for 30 days.</p>
      </div>
      {preview.error ? <InlineError error={preview.error} /> : null}
      {remove.error ? <InlineError error={remove.error} /> : null}
    </Dialog>
  );
}
