import { useState } from 'react';
import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Progress } from '#web/ui/feedback/progress.tsx';
import { canSettle, lookAgain, settleKind, settleOne } from './settle-kind.ts';
import type { Settled } from './settle-kind.ts';
import { SettledNames } from './settled-names.tsx';

interface SettleAllProps {
  /** All of one kind. */
  readonly findings: readonly RemoteFindingView[];
  readonly onSettled: (settled: Settled) => void;
}

/** Settles every finding of a kind that can be settled: says which first, then how far it is, and leaves a receipt. */
export function SettleAll({ findings, onSettled }: SettleAllProps) {
  const [isAsked, setAsked] = useState(false);
  const [done, setDone] = useState<number>();
  const able = findings.filter(canSettle);
  if (able.length < 2) return null;
  const isGone = findings[0]?.kind === 'missing';
  const settle = async () => {
    const ones = await settleKind(able, { settle: settleOne, tell: setDone });
    await lookAgain();
    setDone(undefined);
    setAsked(false);
    onSettled({ how: isGone ? 'planned' : 'taken_off', ones });
  };
  const close = () => (done === undefined ? setAsked(false) : undefined);
  return (
    <>
      <Button onClick={() => setAsked(true)}>{isGone ? `Plan all ${count(able.length)} anew…` : `Take all ${count(able.length)} off…`}</Button>
      {isAsked ? (
        <Dialog
          title={isGone ? `Plan ${plural(able.length, 'playlist')} anew?` : `Take ${plural(able.length, 'playlist')} off their accounts?`}
          onClose={close}
          actions={
            <>
              <Button disabled={done !== undefined} onClick={close}>
                Leave them
              </Button>
              <Button
                look={isGone ? 'primary' : 'critical'}
                working={done === undefined ? false : `${isGone ? 'Planning' : 'Taking off'} ${count(done + 1)} of ${count(able.length)}…`}
                onClick={() => void settle()}
              >
                {isGone ? `Plan ${count(able.length)} anew` : `Take ${count(able.length)} off`}
              </Button>
            </>
          }
        >
          <p>
            {isGone
              ? 'Each gets a plan that creates it again; nothing is written before you apply it.'
              : 'Each leaves its account’s list, as when its owner deletes it. Each is looked at once more first: one that has changed stays where it is.'}
          </p>
          <SettledNames ones={able.map((finding) => ({ finding, why: null }))} />
          {done === undefined ? null : <Progress value={done} max={able.length} name="Settled so far" moving />}
        </Dialog>
      ) : null}
    </>
  );
}
