import { useMutation } from '@tanstack/react-query';
import type { FailedJobView } from '#shared/contracts/job-views.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './failed-jobs.module.css';
import { AllFailedJobs } from './all-failed-jobs.tsx';
import { TASK_LABELS } from './job-labels.ts';

const refresh = () => void queryClient.invalidateQueries(trpc.operations.jobs.pathFilter());

/** Failed jobs: their attempts are used up, and they wait until an operator retries or dismisses them. */
export function FailedJobs({ jobs }: { readonly jobs: readonly FailedJobView[] }) {
  const replay = useMutation(
    trpc.operations.jobs.replayFailed.mutationOptions({ onSuccess: () => showToast('Job queued again.'), onSettled: refresh }),
  );
  const dismiss = useMutation(
    trpc.operations.jobs.dismissFailed.mutationOptions({ onSuccess: () => showToast('Job dismissed.'), onSettled: refresh }),
  );
  const error = replay.error ?? dismiss.error;
  return (
    <>
      <AllFailedJobs jobs={jobs} />
      <ul className={styles['jobs']}>
        {jobs.map((job) => (
          <li key={job.id}>
            <span>
              <b>
                {TASK_LABELS[job.task].name} failed after {job.attempts === 1 ? 'one attempt' : `${job.attempts} attempts`}.
              </b>
              <span className={styles['reason']}>{job.reason}</span>
              <span className={styles['at']}>Last attempt: {dayAndTime(job.at, '')}</span>
            </span>
            <span className={styles['acts']}>
              <Button
                size="small"
                look={jobs.length === 1 ? 'primary' : 'default'}
                aria-label={`Retry: ${TASK_LABELS[job.task].name}`}
                working={replay.isPending && replay.variables.jobId === job.id ? 'Queuing…' : false}
                onClick={() => replay.mutate({ jobId: job.id })}
              >
                Retry
              </Button>
              <Button
                size="small"
                look="quiet"
                aria-label={`Dismiss: ${TASK_LABELS[job.task].name}`}
                working={dismiss.isPending && dismiss.variables.jobId === job.id ? 'Dismissing…' : false}
                onClick={() => dismiss.mutate({ jobId: job.id })}
              >
                Dismiss
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {error ? <InlineError error={error} /> : null}
    </>
  );
}
