import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { useState } from 'react';
import type { RemoteFindingView } from '#shared/contracts/remote-findings.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Part } from '#web/ui/page-head.tsx';
import { Refusal } from '#web/ui/states.tsx';
import { StateText } from '#web/ui/state-text.tsx';
import { say } from '#web/ui/toast.tsx';
import styles from './findings.module.css';

const FIRST_SHOWN = 6;

const KINDS = { duplicate: 'stands twice', orphan: 'belongs to nothing', missing: 'is gone' } as const;

/** What stands on the accounts and the ledger does not explain, or the other way round; each with what settles it. */
export function Findings() {
  const findings = useQuery(trpc.sync.findings.queryOptions());
  const [isAll, setAll] = useState(false);
  if (!findings.data || findings.data.length === 0) return null;
  return (
    <Part
      title="Accounts and ledger do not agree"
      id="findings"
      note={<StateText tone="soon">{`${plural(findings.data.length, 'thing')} to settle`}</StateText>}
    >
      <ul className={styles['list']}>
        {(isAll ? findings.data : findings.data.slice(0, FIRST_SHOWN)).map((one) => (
          <Finding key={`${one.kind}${one.spotifyPlaylistId}`} finding={one} />
        ))}
      </ul>
      {!isAll && findings.data.length > FIRST_SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(findings.data.length - FIRST_SHOWN)}
        </Button>
      ) : null}
    </Part>
  );
}

function Finding({ finding }: { readonly finding: RemoteFindingView }) {
  return (
    <li>
      <div>
        <b>{finding.name}</b> <span className={styles['kind']}>{KINDS[finding.kind]}</span>
        <p>{finding.detail}</p>
        <p className="small muted">
          On {finding.account}, first seen {dayName(finding.firstSeenAt)}.{' '}
          <a className="link" href={finding.spotifyUrl} target="_blank" rel="noreferrer">
            Look at it on Spotify <ArrowSquareOut size={12} aria-hidden />
          </a>
        </p>
      </div>
      {finding.plan ? <TakeOff finding={finding} plan={finding.plan} /> : null}
      {finding.kind === 'missing' && finding.playlistIndex !== null ? <PlanAnew index={finding.playlistIndex} /> : null}
    </li>
  );
}

function refresh(): void {
  void queryClient.invalidateQueries(trpc.sync.pathFilter());
}

function TakeOff({ finding, plan }: { readonly finding: RemoteFindingView; readonly plan: { readonly id: string; readonly hash: string } }) {
  const [isAsked, setAsked] = useState(false);
  const takeOff = useMutation(
    trpc.sync.applyOne.mutationOptions({
      onSuccess: () => {
        say(`“${finding.name}” is off ${finding.account}.`);
        setAsked(false);
        refresh();
      },
    }),
  );
  return (
    <>
      <Button onClick={() => setAsked(true)}>Take it off…</Button>
      {isAsked ? (
        <Dialog
          title={`Take “${finding.name}” off ${finding.account}?`}
          onClose={() => setAsked(false)}
          actions={
            <>
              <Button onClick={() => setAsked(false)}>Leave it</Button>
              <Button
                look="critical"
                working={takeOff.isPending ? 'Taking it off…' : false}
                onClick={() => takeOff.mutate({ planId: plan.id, hash: plan.hash })}
              >
                Take it off
              </Button>
            </>
          }
        >
          <p>{finding.detail}</p>
          <p>
            It leaves the account’s list, as when its owner deletes it. It is looked at once more first: when anything in it has changed, nothing is
            done.
          </p>
          {takeOff.error ? <Refusal error={takeOff.error} /> : null}
        </Dialog>
      ) : null}
    </>
  );
}

function PlanAnew({ index }: { readonly index: number }) {
  const plan = useMutation(
    trpc.sync.plan.mutationOptions({
      onSuccess: () => {
        say('Planned. It is created when you apply the plan.');
        refresh();
      },
    }),
  );
  return (
    <div>
      <Button working={plan.isPending ? 'Planning…' : false} onClick={() => plan.mutate({ playlistIndex: index })}>
        Plan it anew
      </Button>
      {plan.error ? <Refusal error={plan.error} /> : null}
    </div>
  );
}
