import { useState } from 'react';
import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { canResolve, refetchSync, resolveFindings, resolveFinding } from './resolve-findings.ts';
import type { ResolvedFindings } from './resolve-findings.ts';
import { ResolvedFindingList } from './resolved-finding-list.tsx';

interface SettleAllProps {
  /** All of one kind. */
  readonly findings: readonly RemoteFindingView[];
  readonly onSettled: (settled: ResolvedFindings) => void;
}

/** Resolves all findings of a kind that can be resolved: lists them in a dialog, shows progress, and ends with a receipt. */
export function ResolveAll({ findings, onSettled }: SettleAllProps) {
  const [isConfirming, setConfirming] = useState(false);
  const [done, setDone] = useState<number>();
  const resolvable = findings.filter(canResolve);
  if (resolvable.length < 2) return null;
  const isMissing = findings[0]?.kind === 'missing';
  const resolve = async () => {
    const ones = await resolveFindings(resolvable, { resolve: resolveFinding, onProgress: setDone });
    await refetchSync();
    setDone(undefined);
    setConfirming(false);
    onSettled({ action: isMissing ? 'planned' : 'removed', results: ones });
  };
  const close = () => (done === undefined ? setConfirming(false) : undefined);
  return (
    <>
      <Button onClick={() => setConfirming(true)}>
        {isMissing ? `Plan all ${count(resolvable.length)} again…` : `Remove all ${count(resolvable.length)}…`}
      </Button>
      {isConfirming ? (
        <Dialog
          title={
            isMissing
              ? `Plan ${plural(resolvable.length, 'playlist')} again?`
              : `Remove ${plural(resolvable.length, 'playlist')} from their accounts?`
          }
          onClose={close}
          actions={
            <>
              <Button disabled={done !== undefined} onClick={close}>
                Cancel
              </Button>
              <Button
                look={isMissing ? 'primary' : 'critical'}
                working={done === undefined ? false : `${isMissing ? 'Planning' : 'Removing'} ${count(done + 1)} of ${count(resolvable.length)}…`}
                onClick={() => void resolve()}
              >
                {isMissing ? `Plan ${plural(resolvable.length, 'playlist')}` : `Remove ${plural(resolvable.length, 'playlist')}`}
              </Button>
            </>
          }
        >
          <p>
            {isMissing
              ? 'Each playlist gets a plan that creates it again. Nothing is written until you apply the plans.'
              : 'Each playlist leaves its account’s library, as if its owner had deleted it. Segue checks each one first and skips any that has changed.'}
          </p>
          <ResolvedFindingList ones={resolvable.map((finding) => ({ finding, reason: null }))} />
          {done === undefined ? null : <ProgressBar value={done} max={resolvable.length} name="Playlists processed" moving />}
        </Dialog>
      ) : null}
    </>
  );
}
