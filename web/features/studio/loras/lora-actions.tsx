import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoraView } from '#shared/contracts/studio/loras.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './loras.module.css';

const refresh = () => void queryClient.invalidateQueries(trpc.generation.loras.pathFilter());

/** Turns a LoRA on or off, or removes it after asking. */
export function LoraActions({ lora }: { readonly lora: LoraView }) {
  const [isRemoving, setRemoving] = useState(false);
  const change = useMutation(trpc.generation.loras.change.mutationOptions({ onSettled: refresh }));
  return (
    <>
      <span className={styles['actions']}>
        <Button
          size="small"
          aria-label={`${lora.active ? 'Turn off' : 'Turn on'}: ${lora.name}`}
          onClick={() => change.mutate({ id: lora.id, active: !lora.active })}
        >
          {lora.active ? 'Turn off' : 'Turn on'}
        </Button>
        <Button size="small" look="quiet" aria-label={`Remove: ${lora.name}`} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      </span>
      {change.error ? <InlineError error={change.error} /> : null}
      {isRemoving ? <RemoveLoraDialog lora={lora} onClose={() => setRemoving(false)} /> : null}
    </>
  );
}

function RemoveLoraDialog({ lora, onClose }: { readonly lora: LoraView; readonly onClose: () => void }) {
  const remove = useMutation(trpc.generation.loras.remove.mutationOptions({ onSuccess: onClose, onSettled: refresh }));
  return (
    <Dialog
      title={`Remove “${lora.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="critical" working={remove.isPending ? 'Removing…' : false} onClick={() => remove.mutate({ id: lora.id })}>
            Remove LoRA
          </Button>
        </>
      }
    >
      <p className={styles['text']}>People can no longer choose it. Pictures that were made with it stay.</p>
      {remove.error ? <InlineError error={remove.error} /> : null}
    </Dialog>
  );
}
