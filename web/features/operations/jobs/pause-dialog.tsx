import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobName } from '#shared/contracts/jobs.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { TASK_LABELS } from './job-labels.ts';

/** Asks for the reason of a pause and explains what pausing a task does. */
export function PauseDialog({ task, onClose }: { readonly task: JobName; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { name } = TASK_LABELS[task];
  const pause = useMutation(
    trpc.operations.jobs.pause.mutationOptions({
      onSuccess: () => {
        showToast(`${name} paused.`);
        void queryClient.invalidateQueries(trpc.operations.jobs.schedule.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <Dialog
      title={`Pause “${name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" working={pause.isPending ? 'Pausing…' : false} onClick={() => pause.mutate({ task, why: reason })}>
            Pause task
          </Button>
        </>
      }
    >
      <p>Scheduled runs are skipped and recorded, and queued jobs wait, until someone resumes the task. A run in progress finishes.</p>
      <TextField
        label="Reason"
        hint="Shown with the paused task."
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      {pause.error ? <InlineError error={pause.error} /> : null}
    </Dialog>
  );
}
