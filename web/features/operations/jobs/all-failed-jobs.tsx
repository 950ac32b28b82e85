import { useState } from 'react';
import type { FailedJobView } from '#shared/contracts/job-views.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './failed-jobs.module.css';
import { TASK_LABELS } from './job-labels.ts';

type Decision = 'replay' | 'dismiss';

/** Retries or dismisses all failed jobs and reports the result. Shows no buttons for a single job. */
export function AllFailedJobs({ jobs }: { readonly jobs: readonly FailedJobView[] }) {
  const [working, setWorking] = useState<{ readonly decision: Decision; readonly done: number }>();
  const [result, setResult] = useState('');
  const [isConfirming, setConfirming] = useState(false);
  const decide = async (decision: Decision) => {
    const { summary, refused } = await decideEach(jobs, decision, (done) => setWorking({ decision, done }));
    // Without refusals this section disappears, so the summary is a toast. Refusals are shown here, beside their jobs.
    if (refused.length === 0) showToast(summary);
    setResult(refused.length === 0 ? '' : [summary, ...refused].join(' '));
    setConfirming(false);
    setWorking(undefined);
    await queryClient.invalidateQueries(trpc.operations.jobs.pathFilter());
  };
  const progressText = (decision: Decision, verb: string) =>
    working?.decision === decision ? `${verb} ${count(working.done + 1)} of ${count(jobs.length)}…` : false;
  return (
    <>
      {jobs.length > 1 ? (
        <div className={styles['all']}>
          <Button look="primary" working={progressText('replay', 'Retrying')} onClick={() => void decide('replay')}>
            Retry all {count(jobs.length)}
          </Button>
          <Button look="quiet" onClick={() => setConfirming(true)}>
            Dismiss all {count(jobs.length)}…
          </Button>
        </div>
      ) : null}
      <p role="status" className={result === '' ? 'sr' : styles['result']}>
        {result}
      </p>
      {isConfirming ? (
        <Dialog
          title={`Dismiss ${plural(jobs.length, 'failed job')}?`}
          onClose={() => setConfirming(false)}
          actions={
            <>
              <Button onClick={() => setConfirming(false)}>Cancel</Button>
              <Button look="critical" working={progressText('dismiss', 'Dismissing')} onClick={() => void decide('dismiss')}>
                Dismiss {plural(jobs.length, 'job')}
              </Button>
            </>
          }
        >
          <p>Removes these jobs from the queue permanently: {namesOf(jobs)}. Work they finished stays, and the schedule runs their tasks again.</p>
        </Dialog>
      ) : null}
    </>
  );
}

const namesOf = (jobs: readonly FailedJobView[]) => [...new Set(jobs.map(({ task }) => TASK_LABELS[task].name))].join(', ');

async function decideEach(
  jobs: readonly FailedJobView[],
  decision: Decision,
  onProgress: (done: number) => void,
): Promise<{ summary: string; refused: string[] }> {
  const procedures = { replay: client.operations.jobs.replayFailed, dismiss: client.operations.jobs.dismissFailed };
  const refused: string[] = [];
  for (const [done, { id, task }] of jobs.entries()) {
    onProgress(done);
    // One after the other: each job can be refused on its own.
    // oxlint-disable-next-line no-await-in-loop
    await procedures[decision].mutate({ jobId: id }).catch((error: unknown) => {
      refused.push(`${TASK_LABELS[task].name}: ${describeProblem(error).message}`);
    });
  }
  const summary = `${plural(jobs.length - refused.length, 'job')} ${decision === 'replay' ? 'queued again' : 'dismissed'}.`;
  return { summary, refused };
}
