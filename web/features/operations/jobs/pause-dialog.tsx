import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { JobName } from '#shared/contracts/jobs.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { TASK_WORDS } from './task-words.ts';

/** What a pause means, and the reason that whoever finds it will read. */
export function PauseDialog({ task, onClose }: { readonly task: JobName; readonly onClose: () => void }) {
  const [why, setWhy] = useState('');
  const { name } = TASK_WORDS[task];
  const pause = useMutation(
    trpc.jobs.pause.mutationOptions({
      onSuccess: () => {
        say(`${name} is paused.`);
        void queryClient.invalidateQueries(trpc.jobs.timetable.pathFilter());
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
            Leave it running
          </Button>
          <Button look="primary" working={pause.isPending ? 'Pausing…' : false} onClick={() => pause.mutate({ task, why })}>
            Pause it
          </Button>
        </>
      }
    >
      <p>Its ticks are noted and left out until somebody resumes it, and whatever asks for it waits. A run under way goes on to its end.</p>
      <TextField
        label="Why"
        hint="Whoever finds it paused reads this."
        value={why}
        maxLength={200}
        onChange={(event) => setWhy(event.target.value)}
      />
      {pause.error ? <Refusal error={pause.error} /> : null}
    </Dialog>
  );
}
