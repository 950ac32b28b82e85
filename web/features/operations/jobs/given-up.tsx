import { useMutation } from '@tanstack/react-query';
import type { GivenUpJobView } from '#shared/contracts/job-views.ts';
import { when } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './given-up.module.css';
import { AllGivenUp } from './all-given-up.tsx';
import { TASK_WORDS } from './task-words.ts';

const refresh = () => void queryClient.invalidateQueries(trpc.jobs.pathFilter());

/** Jobs that nothing happens with any more until somebody says what. */
export function GivenUp({ jobs }: { readonly jobs: readonly GivenUpJobView[] }) {
  const replay = useMutation(trpc.jobs.replayGivenUp.mutationOptions({ onSuccess: () => say('It is in the queue again.'), onSettled: refresh }));
  const dismiss = useMutation(trpc.jobs.dismissGivenUp.mutationOptions({ onSuccess: () => say('It is out of the queue.'), onSettled: refresh }));
  const error = replay.error ?? dismiss.error;
  return (
    <>
      <AllGivenUp jobs={jobs} />
      <ul className={styles['jobs']}>
        {jobs.map((job) => (
          <li key={job.id}>
            <span>
              <b>
                {TASK_WORDS[job.task].name} was given up after {job.attempts === 1 ? 'one try' : `${job.attempts} tries`}.
              </b>
              <span className={styles['reason']}>{job.reason}</span>
              <span className={styles['at']}>Last tried {when(job.at, '')}</span>
            </span>
            <span className={styles['acts']}>
              <Button
                size="small"
                look={jobs.length === 1 ? 'primary' : 'default'}
                aria-label={`Replay: ${TASK_WORDS[job.task].name}`}
                working={replay.isPending && replay.variables.jobId === job.id ? 'Asking…' : false}
                onClick={() => replay.mutate({ jobId: job.id })}
              >
                Replay
              </Button>
              <Button
                size="small"
                look="quiet"
                aria-label={`Dismiss: ${TASK_WORDS[job.task].name}`}
                working={dismiss.isPending && dismiss.variables.jobId === job.id ? 'Asking…' : false}
                onClick={() => dismiss.mutate({ jobId: job.id })}
              >
                Dismiss
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {error ? <Refusal error={error} /> : null}
    </>
  );
}
