import { useState } from 'react';
import type { GivenUpJobView } from '#shared/contracts/job-views.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './given-up.module.css';
import { TASK_WORDS } from './task-words.ts';

type Decision = 'replay' | 'dismiss';

/** Settles every given-up job at once, and says what became of them; nothing where there is but one. */
export function AllGivenUp({ jobs }: { readonly jobs: readonly GivenUpJobView[] }) {
  const [working, setWorking] = useState<{ readonly decision: Decision; readonly done: number }>();
  const [told, setTold] = useState('');
  const [isAsked, setAsked] = useState(false);
  const settle = async (decision: Decision) => {
    const { says: what, refused } = await settleEach(jobs, decision, (done) => setWorking({ decision, done }));
    // With nothing left this part goes; a refusal stays beside the job that it is about.
    if (refused.length === 0) say(what);
    setTold(refused.length === 0 ? '' : [what, ...refused].join(' '));
    setAsked(false);
    setWorking(undefined);
    await queryClient.invalidateQueries(trpc.jobs.pathFilter());
  };
  const doingWords = (decision: Decision, doing: string) =>
    working?.decision === decision ? `${doing} ${count(working.done + 1)} of ${count(jobs.length)}…` : false;
  return (
    <>
      {jobs.length > 1 ? (
        <div className={styles['all']}>
          <Button look="primary" working={doingWords('replay', 'Replaying')} onClick={() => void settle('replay')}>
            Replay all {count(jobs.length)}
          </Button>
          <Button look="quiet" onClick={() => setAsked(true)}>
            Dismiss all {count(jobs.length)}…
          </Button>
        </div>
      ) : null}
      <p role="status" className={told === '' ? 'sr' : styles['told']}>
        {told}
      </p>
      {isAsked ? (
        <Dialog
          title={`Dismiss ${plural(jobs.length, 'job')}?`}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button onClick={() => setAsked(false)}>Keep them</Button>
              <Button look="critical" working={doingWords('dismiss', 'Dismissing')} onClick={() => void settle('dismiss')}>
                Dismiss {count(jobs.length)}
              </Button>
            </>
          }
        >
          <p>They leave the queue for good: {namesOf(jobs)}. What they did until then stands, and the timetable brings their tasks again.</p>
        </Dialog>
      ) : null}
    </>
  );
}

const namesOf = (jobs: readonly GivenUpJobView[]) => [...new Set(jobs.map(({ task }) => TASK_WORDS[task].name))].join(', ');

async function settleEach(
  jobs: readonly GivenUpJobView[],
  decision: Decision,
  tell: (done: number) => void,
): Promise<{ says: string; refused: string[] }> {
  const doors = { replay: client.jobs.replayGivenUp, dismiss: client.jobs.dismissGivenUp };
  const refused: string[] = [];
  for (const [done, { id, task }] of jobs.entries()) {
    tell(done);
    // One after the other: each says for itself whether it could be.
    // oxlint-disable-next-line no-await-in-loop
    await doors[decision].mutate({ jobId: id }).catch((error: unknown) => {
      refused.push(`${TASK_WORDS[task].name}: ${describeProblem(error).message}`);
    });
  }
  const settled = jobs.length - refused.length;
  const what = `${plural(settled, 'job')} ${settled === 1 ? 'is' : 'are'} ${decision === 'replay' ? 'in the queue again' : 'out of the queue'}.`;
  return { says: what, refused };
}
