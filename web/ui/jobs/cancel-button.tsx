import { useMutation } from '@tanstack/react-query';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '../controls/button.tsx';
import { InlineError } from '../feedback/states.tsx';
import { TASK_LABELS } from '#web/features/operations/jobs/job-labels.ts';

/** Requests cancellation of a run. Finished work stays, so there is no confirmation dialog. */
export function CancelButton({ run }: { readonly run: JobRunView }) {
  const cancel = useMutation(
    trpc.operations.jobs.cancel.mutationOptions({
      onSettled: () => void queryClient.invalidateQueries(trpc.operations.jobs.pathFilter()),
    }),
  );
  if (!run.canCancel) return null;
  const isCanceling = cancel.isPending || run.cancelRequestedAt !== null;
  return (
    <>
      <Button
        size="small"
        look="quiet"
        aria-label={`Cancel: ${TASK_LABELS[run.task].name}`}
        working={isCanceling ? 'Canceling…' : false}
        onClick={() => cancel.mutate({ runId: run.id })}
      >
        Cancel
      </Button>
      {cancel.error ? <InlineError error={cancel.error} /> : null}
    </>
  );
}
