import { useMutation } from '@tanstack/react-query';
import type { PersonUsage } from '#shared/contracts/studio/usage.ts';
import type { UserId } from '#shared/ids.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './usage.module.css';

interface SuspendDialogProps {
  readonly person: PersonUsage & { readonly userId: UserId };
  readonly name: string;
  readonly onClose: () => void;
}

/** Says what suspending a person ends and what stays, and does it. */
export function SuspendDialog({ person, name, onClose }: SuspendDialogProps) {
  const suspend = useMutation(
    trpc.generation.usage.suspend.mutationOptions({
      onSuccess: ({ endedRenders }) => {
        showToast(`${name} is suspended. ${plural(endedRenders, 'waiting render')} ended without cost.`);
        onClose();
      },
      onSettled: () => void queryClient.invalidateQueries(trpc.generation.usage.pathFilter()),
    }),
  );
  return (
    <Dialog
      title={`Suspend ${name}?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="critical" working={suspend.isPending ? 'Suspending…' : false} onClick={() => suspend.mutate({ userId: person.userId })}>
            Suspend person
          </Button>
        </>
      }
    >
      <ul className={styles['effects']}>
        <li>All sessions end, and signing in is refused.</li>
        <li>
          {person.waiting === 0
            ? 'No render is waiting.'
            : `${plural(person.waiting, 'waiting render')} ${person.waiting === 1 ? 'ends' : 'end'} without cost.`}
        </li>
        {person.running > 0 ? (
          <li>
            {plural(person.running, 'render')} that a vendor has {person.running === 1 ? 'goes' : 'go'} on and {person.running === 1 ? 'is' : 'are'}{' '}
            paid.
          </li>
        ) : null}
        <li>Pictures, limits and what is shared stay as they are. You can reinstate the person at any time.</li>
      </ul>
      {suspend.error ? <InlineError error={suspend.error} /> : null}
    </Dialog>
  );
}
