import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import { useState } from 'react';
import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { dayName } from '#web/lib/dates.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { ErrorState, InlineError } from '#web/ui/feedback/states.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './sync-differences.module.css';
import { ResolveAll } from './resolve-all.tsx';
import { ResolvedReceipt } from './resolved-receipt.tsx';
import type { ResolvedFindings } from './resolve-findings.ts';

const FIRST_SHOWN = 6;

const KINDS = { duplicate: 'Duplicate', orphan: 'Not in Segue', missing: 'Missing on Spotify' } as const;
const HEADS = { duplicate: 'Duplicates', orphan: 'Not in Segue', missing: 'Missing on Spotify' } as const;

/** Playlists that exist only on Spotify or only in Segue, each with its fix, and one button for all of a kind. */
export function SyncDifferences() {
  const findings = useQuery(trpc.playlistAdmin.sync.findings.queryOptions());
  const [resolved, setResolved] = useState<ResolvedFindings>();
  const open = findings.data ?? [];
  if (findings.error && !findings.data)
    return <ErrorState error={findings.error} what="Can’t load the differences from Spotify." onRetry={() => void findings.refetch()} />;
  if (open.length === 0 && resolved === undefined) return null;
  const kinds = (['duplicate', 'orphan', 'missing'] as const).map((kind) => ({ kind, findings: open.filter((one) => one.kind === kind) }));
  return (
    <PageSection
      title={open.length === 0 ? 'Spotify and Segue match again' : 'Spotify and Segue differ'}
      id="findings"
      note={open.length === 0 ? null : <StatusText tone="soon">{`${plural(open.length, 'difference')} to resolve`}</StatusText>}
    >
      {resolved ? <ResolvedReceipt settled={resolved} onClose={() => setResolved(undefined)} /> : null}
      {kinds.map((one) => (one.findings.length === 0 ? null : <Kind key={one.kind} {...one} onSettled={setResolved} />))}
    </PageSection>
  );
}

interface KindProps {
  readonly kind: RemoteFindingView['kind'];
  readonly findings: readonly RemoteFindingView[];
  readonly onSettled: (settled: ResolvedFindings) => void;
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
          <ResolveAll findings={findings} onSettled={onSettled} />
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
            Open on{' '}
            <span className={styles['whole']}>
              Spotify <ArrowSquareOut size={12} aria-hidden />
            </span>
            <span className="sr">: {finding.name}</span>
          </a>
        </p>
        {finding.plan === null && finding.kind !== 'missing' ? (
          <p className="small muted">
            It has content that Segue did not create, so Segue does not remove it. Delete it on Spotify; the next check then resolves this.
          </p>
        ) : null}
      </div>
      {finding.plan ? <Removal finding={finding} plan={finding.plan} /> : null}
      {finding.kind === 'missing' && finding.playlistIndex !== null ? <PlanAgain index={finding.playlistIndex} name={finding.name} /> : null}
    </li>
  );
}

function refresh(): void {
  void queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter());
}

function Removal({ finding, plan }: { readonly finding: RemoteFindingView; readonly plan: { readonly id: string; readonly hash: string } }) {
  const [isConfirming, setConfirming] = useState(false);
  const remove = useMutation(
    trpc.playlistAdmin.sync.applyOne.mutationOptions({
      onSuccess: () => {
        showToast(`“${finding.name}” removed from ${finding.account}.`);
        setConfirming(false);
        refresh();
      },
    }),
  );
  return (
    <>
      <Button aria-label={`Remove playlist: ${finding.name}`} onClick={() => setConfirming(true)}>
        Remove playlist…
      </Button>
      {isConfirming ? (
        <Dialog
          title={`Remove “${finding.name}” from ${finding.account}?`}
          onClose={() => setConfirming(false)}
          actions={
            <>
              <Button onClick={() => setConfirming(false)}>Cancel</Button>
              <Button
                look="critical"
                working={remove.isPending ? 'Removing…' : false}
                onClick={() => remove.mutate({ planId: plan.id, hash: plan.hash })}
              >
                Remove playlist
              </Button>
            </>
          }
        >
          <p>{finding.detail}</p>
          <p>
            The playlist leaves the account’s library, as if its owner had deleted it. Segue checks it first: if anything in it has changed, nothing
            is removed.
          </p>
          {remove.error ? <InlineError error={remove.error} /> : null}
        </Dialog>
      ) : null}
    </>
  );
}

function PlanAgain({ index, name }: { readonly index: number; readonly name: string }) {
  const plan = useMutation(
    trpc.playlistAdmin.sync.plan.mutationOptions({
      onSuccess: () => {
        showToast('Planned. The playlist is created when you apply the plan.');
        refresh();
      },
    }),
  );
  return (
    <div>
      <Button working={plan.isPending ? 'Planning…' : false} aria-label={`Plan again: ${name}`} onClick={() => plan.mutate({ playlistIndex: index })}>
        Plan again
      </Button>
      {plan.error ? <InlineError error={plan.error} /> : null}
    </div>
  );
}
