import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash } from '@phosphor-icons/react/Trash';
import { useState } from 'react';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './delete-cover.module.css';

/** Deletes a cover after asking, and says what stays. */
export function DeleteCover({ cover }: { readonly cover: CoverView }) {
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();
  const remove = useMutation(
    trpc.generation.covers.remove.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.generation.covers.list.pathFilter());
        void navigate({ to: '/covers' });
      },
    }),
  );
  return (
    <div className={styles['delete']}>
      <Button look="quiet" icon={<Trash size={16} aria-hidden />} onClick={() => setAsking(true)}>
        Delete this cover…
      </Button>
      {isAsking ? (
        <Dialog
          title={`Delete ${cover.words ? `“${cover.words.title}”` : 'this cover'}?`}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button look="quiet" onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button look="critical" working={remove.isPending ? 'Deleting…' : false} onClick={() => remove.mutate({ coverId: cover.id })}>
                Delete cover
              </Button>
            </>
          }
        >
          <p className={styles['text']}>Its five steps are deleted. What was uploaded stays on Spotify, and its pictures stay in your files.</p>
          {remove.error ? <InlineError error={remove.error} /> : null}
        </Dialog>
      ) : null}
    </div>
  );
}
