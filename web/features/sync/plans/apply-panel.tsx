import { useState } from 'react';
import type { SyncJobView } from '#shared/contracts/sync/sync-job.ts';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import { count, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { applyInRounds } from './apply-in-rounds.ts';
import type { Applying } from './apply-in-rounds.ts';
import { needsConfirmation, shareText, selectPlansToApply, planTotals } from './plan-words.ts';
import styles from './apply-panel.module.css';
import { SyncInProgress } from '../dry-run/sync-in-progress.tsx';
import { isRunningOrNext } from '../dry-run/use-sync-in-progress.ts';

interface ApplySideProps {
  readonly plans: readonly SyncPlanView[];
  readonly included: ReadonlySet<string>;
  readonly syncJob: SyncJobView | null;
}

/** The plan's totals and the button that applies it, or the progress of the job that is applying it already. */
export function ApplyPanel({ plans, included, syncJob }: ApplySideProps) {
  const [applying, setApplying] = useState<Applying>();
  const isEmpty = selectPlansToApply(plans, included).length === 0 && !plans.some(needsConfirmation) && applying === undefined;
  if (isEmpty && syncJob === null) return null;
  return (
    <aside className={styles['side']} aria-label="Apply the plan">
      {syncJob ? <SyncInProgress syncJob={syncJob} /> : null}
      {isEmpty || (isRunningOrNext(syncJob) && applying === undefined) ? null : (
        <ManualApply plans={plans} included={included} applying={applying} onApplying={setApplying} />
      )}
    </aside>
  );
}

interface ManualApplyProps extends Pick<ApplySideProps, 'plans' | 'included'> {
  readonly applying: Applying | undefined;
  readonly onApplying: (applying: Applying) => void;
}

function ManualApply({ plans, included, applying, onApplying }: ManualApplyProps) {
  const selected = selectPlansToApply(plans, included);
  const excluded = plans.filter(needsConfirmation).length - selected.filter(needsConfirmation).length;
  const totals = planTotals(selected);
  const isWorking = applying?.state === 'working';
  const apply = async () => {
    const result = await applyInRounds(selected, onApplying);
    if (result.state === 'done' && result.failed.length === 0) showToast(`${plural(result.applied, 'playlist')} applied and verified.`);
  };
  const lines = [
    ['Playlists', `${count(selected.length)}${excluded > 0 ? `, ${count(excluded)} excluded` : ''}`],
    ['Tracks', `${count(totals.adds)} added, ${count(totals.removes)} removed, ${count(totals.moves)} moved`],
    ['Requests', `${plural(totals.reads, 'read')}, ${plural(totals.writes, 'write')}`],
  ] as const;
  return (
    <>
      {selected.length > 0 ? (
        <div className={styles['changed']}>
          <p className={styles['share']}>{shareText(totals.share)}</p>
          <p className="small">of all tracks in these playlists are new.</p>
          <ProgressBar value={Math.round(totals.share * 100)} max={100} name="Share of tracks that change" />
        </div>
      ) : null}
      {selected.length > 0 ? (
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
        disabled={selected.length === 0 && !isWorking}
        working={isWorking ? `Applying ${count(applying.finished)} of ${count(applying.total)}…` : false}
        onClick={() => void apply()}
      >
        {selected.length === 0 ? 'Nothing to apply' : `Apply to ${plural(selected.length, 'playlist')}`}
      </Button>
      {isWorking ? <ProgressBar value={applying.finished} max={applying.total} name="Applying" moving /> : null}
      {applying?.state === 'done' && applying.failed.length > 0 ? <Failed applying={applying} plans={plans} /> : null}
      {applying?.state === 'error' ? <InlineError error={applying.error} /> : null}
      <p className={styles['note']}>If a playlist is edited on Spotify in the meantime, Segue skips it and asks you. The others continue.</p>
    </>
  );
}

function Failed({ applying, plans }: { readonly applying: Extract<Applying, { state: 'done' }>; readonly plans: readonly SyncPlanView[] }) {
  return (
    <div className={styles['failed']} role="alert">
      <b>
        {count(applying.applied)} applied, {count(applying.failed.length)} failed.
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
