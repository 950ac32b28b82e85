import { useState } from 'react';
import type { SyncUnderWayView } from '#shared/contracts/sync/sync-under-way.ts';
import type { SyncPlanView } from '#shared/contracts/views.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Progress } from '#web/ui/feedback/progress.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import { applyInRounds } from './apply-in-rounds.ts';
import type { Applying } from './apply-in-rounds.ts';
import { isHeld, shareWords, toApply, totalsOf } from './plan-words.ts';
import styles from './apply-side.module.css';
import { UnderWay } from '../dry-run/under-way.tsx';
import { isTaken } from '../dry-run/use-under-way.ts';

interface ApplySideProps {
  readonly plans: readonly SyncPlanView[];
  readonly included: ReadonlySet<string>;
  readonly underWay: SyncUnderWayView | null;
}

/** What the plan amounts to, and the one button that carries it out; or how far the job is that does it already. */
export function ApplySide({ plans, included, underWay }: ApplySideProps) {
  const [applying, setApplying] = useState<Applying>();
  const isEmpty = toApply(plans, included).length === 0 && !plans.some(isHeld) && applying === undefined;
  if (isEmpty && underWay === null) return null;
  return (
    <aside className={styles['side']} aria-label="What it amounts to">
      {underWay ? <UnderWay underWay={underWay} /> : null}
      {isEmpty || (isTaken(underWay) && applying === undefined) ? null : (
        <ByHand plans={plans} included={included} applying={applying} onApplying={setApplying} />
      )}
    </aside>
  );
}

interface ByHandProps extends Pick<ApplySideProps, 'plans' | 'included'> {
  readonly applying: Applying | undefined;
  readonly onApplying: (applying: Applying) => void;
}

function ByHand({ plans, included, applying, onApplying }: ByHandProps) {
  const chosen = toApply(plans, included);
  const held = plans.filter(isHeld).length - chosen.filter(isHeld).length;
  const totals = totalsOf(chosen);
  const isWorking = applying?.state === 'working';
  const apply = async () => {
    const end = await applyInRounds(chosen, onApplying);
    if (end.state === 'done' && end.failed.length === 0) say(`${plural(end.applied, 'playlist')} written and read back.`);
  };
  const lines = [
    ['Playlists', `${count(chosen.length)}${held > 0 ? `, ${count(held)} held` : ''}`],
    ['Tracks', `${count(totals.adds)} in, ${count(totals.removes)} out, ${count(totals.moves)} moved`],
    ['Requests', `${count(totals.reads)} to read, ${count(totals.writes)} to write`],
  ] as const;
  return (
    <>
      {chosen.length > 0 ? (
        <div className={styles['blast']}>
          <p className={styles['share']}>{shareWords(totals.share)}</p>
          <p className="small">of all tracks in these playlists are new.</p>
          <Progress value={Math.round(totals.share * 100)} max={100} name="Share of tracks that change" />
        </div>
      ) : null}
      {chosen.length > 0 ? (
        <dl className={styles['sum']}>
          {lines.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Button
        look="primary"
        size="big"
        className={styles['apply'] ?? ''}
        disabled={chosen.length === 0 && !isWorking}
        working={isWorking ? `Applying ${count(applying.settled)} of ${count(applying.total)}…` : false}
        onClick={() => void apply()}
      >
        {chosen.length === 0 ? 'Nothing to apply' : `Apply to ${plural(chosen.length, 'playlist')}`}
      </Button>
      {isWorking ? <Progress value={applying.settled} max={applying.total} name="Applying" moving /> : null}
      {applying?.state === 'done' && applying.failed.length > 0 ? <Failed applying={applying} plans={plans} /> : null}
      {applying?.state === 'broken' ? <Refusal error={applying.error} /> : null}
      <p className={styles['note']}>If somebody edits a playlist meanwhile, that one stops and asks you; the others go on.</p>
    </>
  );
}

function Failed({ applying, plans }: { readonly applying: Extract<Applying, { state: 'done' }>; readonly plans: readonly SyncPlanView[] }) {
  return (
    <div className={styles['failed']} role="alert">
      <b>
        {count(applying.applied)} written, {count(applying.failed.length)} stopped.
      </b>
      <ul>
        {applying.failed.map((one) => (
          <li key={one.planId}>
            {plans.find((plan) => plan.id === one.planId)?.themeTag ?? 'A playlist'}: {one.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
