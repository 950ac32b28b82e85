import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { useState } from 'react';
import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { ErrorState, Refusal } from '#web/ui/feedback/states.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './findings.module.css';
import { SettleAll } from './settle-all.tsx';
import { SettledReceipt } from './settled-receipt.tsx';
import type { Settled } from './settle-kind.ts';

const FIRST_SHOWN = 6;

const KINDS = { duplicate: 'stands twice', orphan: 'belongs to nothing', missing: 'is gone' } as const;
const HEADS = { duplicate: 'Stand twice', orphan: 'Belong to nothing here', missing: 'Are gone from their accounts' } as const;

/** What stands on the accounts and the ledger does not explain, or the other way round; each with what settles it, and one button for all of a kind. */
export function Findings() {
  const findings = useQuery(trpc.sync.findings.queryOptions());
  const [settled, setSettled] = useState<Settled>();
  const open = findings.data ?? [];
  if (findings.error && !findings.data)
    return <ErrorState error={findings.error} what="What was found on the accounts cannot be shown." onRetry={() => void findings.refetch()} />;
  if (open.length === 0 && settled === undefined) return null;
  const kinds = (['duplicate', 'orphan', 'missing'] as const).map((kind) => ({ kind, findings: open.filter((one) => one.kind === kind) }));
  return (
    <Part
      title={open.length === 0 ? 'Accounts and ledger agree again' : 'Accounts and ledger do not agree'}
      id="findings"
      note={open.length === 0 ? null : <StateText tone="soon">{`${plural(open.length, 'thing')} to settle`}</StateText>}
    >
      {settled ? <SettledReceipt settled={settled} onClose={() => setSettled(undefined)} /> : null}
      {kinds.map((one) => (one.findings.length === 0 ? null : <Kind key={one.kind} {...one} onSettled={setSettled} />))}
    </Part>
  );
}

interface KindProps {
  readonly kind: RemoteFindingView['kind'];
  readonly findings: readonly RemoteFindingView[];
  readonly onSettled: (settled: Settled) => void;
}

function Kind({ kind, findings, onSettled }: KindProps) {
  const [isAll, setAll] = useState(false);
  return (
    <>
      {findings.length > 1 ? (
        <div className={styles['kindhead']}>
          <h3>
            {HEADS[kind]} <span className="muted">{count(findings.length)}</span>
          </h3>
          <SettleAll findings={findings} onSettled={onSettled} />
        </div>
      ) : null}
      <ul className={styles['list']}>
        {(isAll ? findings : findings.slice(0, FIRST_SHOWN)).map((one) => (
          <Finding key={`${one.kind}${one.spotifyPlaylistId}`} finding={one} />
        ))}
      </ul>
      {!isAll && findings.length > FIRST_SHOWN ? (
        <Button look="quiet" onClick={() => setAll(true)}>
          Show the other {count(findings.length - FIRST_SHOWN)}
        </Button>
      ) : null}
    </>
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
            Look at it on{' '}
            <span className={styles['whole']}>
              Spotify <ArrowSquareOut size={12} aria-hidden />
            </span>
            <span className="sr">: {finding.name}</span>
          </a>
        </p>
        {finding.plan === null && finding.kind !== 'missing' ? (
          <p className="small muted">
            It holds something of its own, so nothing here takes it off. Delete it on Spotify, and the next look closes this.
          </p>
        ) : null}
      </div>
      {finding.plan ? <TakeOff finding={finding} plan={finding.plan} /> : null}
      {finding.kind === 'missing' && finding.playlistIndex !== null ? <PlanAnew index={finding.playlistIndex} name={finding.name} /> : null}
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
      <Button aria-label={`Take it off: ${finding.name}`} onClick={() => setAsked(true)}>
        Take it off…
      </Button>
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

function PlanAnew({ index, name }: { readonly index: number; readonly name: string }) {
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
      <Button
        working={plan.isPending ? 'Planning…' : false}
        aria-label={`Plan it anew: ${name}`}
        onClick={() => plan.mutate({ playlistIndex: index })}
      >
        Plan it anew
      </Button>
      {plan.error ? <Refusal error={plan.error} /> : null}
    </div>
  );
}
