import { useMutation } from '@tanstack/react-query';
import type { JobRunView } from '#shared/contracts/job-views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { AppLink } from '#web/ui/controls/app-link.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { TASK_LABELS } from './job-labels.ts';

/** The fix for a run that did not succeed: a retry button, or a link to the page where the cause can be fixed. */
export function RunFix({ run }: { readonly run: JobRunView }) {
  const replay = useMutation(
    trpc.operations.jobs.replay.mutationOptions({
      onSuccess: () => showToast(`${TASK_LABELS[run.task].name} queued again with the same input.`),
      onSettled: () => void queryClient.invalidateQueries(trpc.operations.jobs.pathFilter()),
    }),
  );
  if (!run.fix) return null;
  if (run.fix.kind === 'open') {
    return (
      <AppLink href={run.fix.href} className={buttonClass('default', 'small')}>
        {run.fix.label}
      </AppLink>
    );
  }
  return (
    <>
      <Button
        size="small"
        aria-label={`${run.fix.label}: ${TASK_LABELS[run.task].name}`}
        working={replay.isPending ? 'Queuing…' : false}
        onClick={() => replay.mutate({ runId: run.id })}
      >
        {run.fix.label}
      </Button>
      {replay.error ? <InlineError error={replay.error} /> : null}
    </>
  );
}
